/*
 * Who may act: three watchers, of which a majority elects one for each term.
 *
 * A leader asks for something to be committed; whoever has voted in a later term does not go along any
 * more. It may act for HOLDS after it asked, by its own clock; a new one first waits for so long.
 * Time goes by in ticks; a message may be late or lost, and a watcher may stand still.
 *
 * The names are those of org.linekeeper.journal.RightToAct.
 */

#ifndef HOLDS
#define HOLDS 2
#endif
#ifndef WAITS
#define WAITS (HOLDS + 2) /* each of two clocks may be off by a tick */
#endif
#define TERMS 4

byte term[3];            /* the latest in which it has voted */
bit leads[3]; byte inTerm[3];
byte waited[3];          /* ticks since it began to lead, WAITS at most */
byte left[3];            /* ticks for which it may act */
bit slow[3]; bit fast[3];
bit asks[3]; byte askedAgo[3]; byte askedTerm[3]; bit yes[3];

#define MAYACT(w) (leads[w] && waited[w] >= WAITS && left[w] > 0)

inline ages(w) {
  if
  :: left[w] > 0 && slow[w] == 0 -> slow[w] = 1
  :: left[w] > 0 -> left[w]--
  :: left[w] == 0
  fi;
  if :: left[w] == 0 -> slow[w] = 0 :: else fi;
  if :: asks[w] && askedAgo[w] <= HOLDS -> askedAgo[w]++ :: else fi;
  if
  :: leads[w] && waited[w] < WAITS -> waited[w]++
  :: leads[w] && waited[w] + 1 < WAITS && !fast[w] -> waited[w] = waited[w] + 2; fast[w] = 1
  :: !leads[w] || waited[w] >= WAITS
  fi
}

active proctype Time() {
  do
  :: atomic { ages(0); ages(1); ages(2) }
  od
}

proctype Watcher(byte w) {
  byte other; byte newer;
  do
  :: atomic { /* elected by itself and another one, for a term that neither has voted in */
       if :: other = (w + 1) % 3 :: other = (w + 2) % 3 fi;
       newer = term[w];
       if :: term[other] > newer -> newer = term[other] :: else fi;
       if
       :: newer < TERMS ->
          newer++;
          term[w] = newer; term[other] = newer;
          leads[w] = 1; inTerm[w] = newer; waited[w] = 0; fast[w] = 0; left[w] = 0; slow[w] = 0;
          asks[w] = 0; askedAgo[w] = 0; askedTerm[w] = 0; yes[w] = 0
       :: else
       fi;
       other = 0; newer = 0 }

  :: atomic { leads[w] && !asks[w] -> asks[w] = 1; askedAgo[w] = 0; askedTerm[w] = inTerm[w]; yes[w] = 0 }

  :: atomic { asks[w] && !yes[w] -> /* another one goes along, unless it has voted later */
       if :: other = (w + 1) % 3 :: other = (w + 2) % 3 fi;
       if :: term[other] <= askedTerm[w] && term[w] <= askedTerm[w] -> yes[w] = 1 :: else fi;
       other = 0 }

  :: atomic { asks[w] && yes[w] && leads[w] && askedTerm[w] == inTerm[w] && askedAgo[w] <= HOLDS ->
       if
       :: HOLDS - askedAgo[w] > left[w] -> left[w] = HOLDS - askedAgo[w]; slow[w] = 0
       :: else
       fi;
       asks[w] = 0; askedAgo[w] = 0; askedTerm[w] = 0; yes[w] = 0 }

  :: atomic { asks[w] -> asks[w] = 0; askedAgo[w] = 0; askedTerm[w] = 0; yes[w] = 0 } /* lost */

  :: atomic { leads[w] && term[w] > inTerm[w] -> /* it learns, some time, that it does not lead any more */
       leads[w] = 0; inTerm[w] = 0; waited[w] = 0; left[w] = 0; slow[w] = 0; fast[w] = 0 }

  :: atomic { MAYACT(w) -> assert(!MAYACT((w + 1) % 3) && !MAYACT((w + 2) % 3)) }
  od
}

init {
  atomic { run Watcher(0); run Watcher(1); run Watcher(2) }
}
