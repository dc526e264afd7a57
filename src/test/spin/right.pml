/*
 * Who may act: three watchers, of which a majority elects one for each term.
 *
 * A leader asks for something to be committed; whoever has voted in a later term does not go along any
 * more. It may act for HOLDS ticks after it asked, by its own clock; a new one first waits for so long.
 * A message may be late or lost, and a watcher may stand still, or be killed and start again.
 *
 * The names are those of org.linekeeper.journal.RightToAct. That clocks do not run alike is what its
 * allowance is for; a tick is the slower one's.
 */

#ifndef HOLDS
#define HOLDS 2
#endif
#ifndef WAITS
#define WAITS HOLDS
#endif
#ifndef TERMS
#define TERMS 4
#endif

byte term[3];            /* the latest in which it has voted */
byte leads[3];           /* in which it leads, as it believes; 0 for none */
byte waited[3];          /* ticks since it began to lead, WAITS at most */
byte left[3];            /* ticks for which it may act */
bit asks[3]; byte ago[3]; bit yes[3];

#define MAYACT(w) (leads[w] > 0 && waited[w] >= WAITS && left[w] > 0)

inline ages(w) {
  if :: left[w] > 0 -> left[w]-- :: else fi;
  if :: asks[w] -> ago[w]++ :: else fi;
  if :: ago[w] >= HOLDS -> asks[w] = 0; ago[w] = 0; yes[w] = 0 :: else fi; /* of no use any more */
  if :: leads[w] > 0 && waited[w] < WAITS -> waited[w]++ :: else fi
}

inline forget(w) { asks[w] = 0; ago[w] = 0; yes[w] = 0; waited[w] = 0; left[w] = 0 }

active proctype Time() {
  do
  :: atomic { true -> ages(0); ages(1); ages(2) }
  od
}

proctype Watcher(byte w) {
  byte other; byte newer;
  do
  :: atomic { true -> /* elected by itself and another one, for a term that neither has voted in */
       if :: other = (w + 1) % 3 :: other = (w + 2) % 3 fi;
       newer = term[w];
       if :: term[other] > newer -> newer = term[other] :: else fi;
       if
       :: newer < TERMS ->
          newer++;
          term[w] = newer; term[other] = newer;
          forget(w); leads[w] = newer
       :: else
       fi;
       other = 0; newer = 0 }

  :: atomic { leads[w] > 0 && !asks[w] -> asks[w] = 1 }

  :: atomic { asks[w] && !yes[w] -> /* another one goes along, unless one of both has voted later */
       if :: other = (w + 1) % 3 :: other = (w + 2) % 3 fi;
       if :: term[other] <= leads[w] && term[w] == leads[w] -> yes[w] = 1 :: else fi;
       other = 0 }

  :: atomic { asks[w] && yes[w] -> /* it hears that this was committed */
       if
       :: HOLDS - ago[w] > left[w] -> left[w] = HOLDS - ago[w]
       :: else
       fi;
       asks[w] = 0; ago[w] = 0; yes[w] = 0 }

  :: atomic { asks[w] -> asks[w] = 0; ago[w] = 0; yes[w] = 0 } /* or never */

  :: atomic { leads[w] > 0 && term[w] > leads[w] -> forget(w); leads[w] = 0 } /* it learns, some time, that another one does */

  :: atomic { leads[w] > 0 -> forget(w); leads[w] = 0 } /* it is killed and starts again */

  :: atomic { MAYACT(w) -> assert(!MAYACT((w + 1) % 3) && !MAYACT((w + 2) % 3)) }
  od
}

init {
  atomic { run Watcher(0); run Watcher(1); run Watcher(2) }
}
