/*
 * Who may have the floating address: two hosts, one log, no common clock.
 *
 * Of the log each watcher has seen all but the last few entries, which wait in its queue. Entries that
 * count for nothing are left out: they change nobody's mind. Whoever leads may pass the lease on at any
 * time, so the third watcher needs no process of its own. Whatever can happen may happen between any two
 * ticks, or never: a message that is lost or late, a watcher that stands still, one that is killed and
 * starts again, a program that is slow, a PBX that dies and is back.
 *
 * The names are those of org.linekeeper.failover.LeaseHolder and org.linekeeper.state.Lease. That clocks
 * do not run alike is what the allowance in LeaseTimes.tenure() is for; a tick is the slower one's.
 */

#ifndef HELD
#define HELD 1    /* a renewal gives the address for so long from when it was asked for */
#endif
#ifndef LATE
#define LATE 1    /* so much later, at most, the kernel drops it */
#endif
#ifndef TENURE
#define TENURE (HELD + LATE)
#endif
#ifndef LAG
#define LAG 2     /* entries that a watcher has not seen yet */
#endif

/* Ways to be wrong, of which each must be found out. 0: none of them. */
#ifndef FLAW
#define FLAW 0
#endif
#define NO_WAIT       1 /* for the host before */
#define ONE_BACK      2 /* waits for the host before only, not for those before that one */
#define STARTS_FREE   3 /* a watcher that has just started has waited */
#define STALE_HAS     4 /* what it had by an earlier lease passes for the present one's */
#define HOLDS_ON      5 /* goes on holding a lease after it was to be said that its host has let go */
#define ANY_RENEWAL   6 /* whatever was renewed since, a host that has let go has let go */
#define NOT_TOLD      7 /* says that it has let go while a program may still take it */
#define NOT_ORPHANED  8 /* or one of an earlier life */
#define FROM_TOLD     9 /* the kernel counts from when it is told */
#define EARLY_WORD   10 /* whoever leads says that a renewal counted when it has only taken it */

/* entries, as they come to a watcher */
#define RENEWED0 1 /* by watcher 0 */
#define RENEWED1 2
#define TAKEN0   3 /* the same, and its host has the address by this lease */
#define TAKEN1   4
#define PASSED   5 /* to the other host */
#define AGAIN    6 /* to the same one, which had let go */
#define FREED    7 /* the present lease: its holder has let go */
#define FREEDOLD 8 /* the lease before that one */

/* which lease is meant by what is on its way, as the log stands now */
#define NONE    0
#define PRESENT 1
#define BEFORE  2
#define GONE    3

chan queue[2] = [LAG] of { byte };

/* what the log adds up to */
bit lastOver = 1; bit earlierOver = 1; bit over = 0;

/* what each watcher has seen of it */
bit holds[2];                /* that its host has the lease */
bit held[2];                 /* that it had the one before */
bit sLast[2]; bit sEarlier[2]; bit sOver[2];
byte counted[2];             /* ticks since a renewal was last seen to count, TENURE at most */
byte earlier[2];             /* the same up to the present lease; of interest to whoever waits for it */

/* in its queue: passes, and renewals of its own, of which the first few are older than the latest it asked for */
byte passes[2]; byte mine[2]; byte old[2];

bit own[2];                  /* the latest renewal that counted is the latest it asked for, and not acted on yet */
bit word[2];                 /* that it counted is on its way from whoever leads, aside from the queue */
byte age[2];                 /* ticks since it asked, HELD + 1 at most */
bit flying[2]; bit valid[2]; bit says[2];
byte freeing[2];             /* that its host has let go, on its way; across its lives */
bit said[2];                 /* that it has let go of the present lease: nothing is done by that any more */

/* its host */
byte kernel[2];              /* ticks for which it has the address */
byte told[2];                /* ticks for which the program that was told to take it may still do so, and one */
bit toldHere[2];             /* by the present lease */
byte orphan[2];              /* the same of a program that an earlier life told */
bit has[2];                  /* as far as it knows: by the present lease */

#define MAYTAKE(w) ((sLast[w] && sEarlier[w]) || earlier[w] >= TENURE)
#define CLEAR(w) (kernel[w] == 0 && (told[w] == 0 || FLAW == NOT_TOLD) && (orphan[w] == 0 || FLAW == NOT_ORPHANED))
#define ROOM (nfull(queue[0]) && nfull(queue[1]))
#define HOLDS(w) (holds[w] && !sOver[w] && !said[w])

inline append(e) { queue[0]!e; queue[1]!e }

inline drop(w) { flying[w] = 0; valid[w] = 0; says[w] = 0; if :: !own[w] && mine[w] == old[w] -> age[w] = 0 :: else fi }

inline passOn(w) {
  valid[w] = 0;
  if :: freeing[w] == BEFORE -> freeing[w] = NONE :: freeing[w] == PRESENT -> freeing[w] = BEFORE :: else fi
}

inline keep(w, left) { kernel[w] = (FLAW == FROM_TOLD -> HELD : left - 1) + LATE; assert(kernel[1 - w] == 0) }

inline ages(w) {
  if :: kernel[w] > 0 -> kernel[w]-- :: else fi;
  if :: told[w] > 0 -> told[w]-- :: else fi;
  if :: told[w] == 0 -> toldHere[w] = 0 :: else fi;
  if :: orphan[w] > 0 -> orphan[w]-- :: else fi;
  if :: (flying[w] || own[w] || mine[w] > old[w]) && age[w] <= HELD -> age[w]++ :: else fi;
  if :: own[w] && age[w] > HELD -> own[w] = 0 :: else fi;
  if :: !flying[w] && !own[w] && age[w] > HELD -> old[w] = mine[w]; age[w] = 0; word[w] = 0 :: else fi;
  if :: counted[w] < TENURE -> counted[w]++ :: else fi;
  if :: holds[w] && !(sLast[w] && sEarlier[w]) && earlier[w] < TENURE -> earlier[w]++ :: else fi
}

proctype Watcher(byte w) {
  byte e;
  do
  :: atomic { queue[w]?e -> /* it sees one more entry */
       if
       :: e == RENEWED0 + w || e == TAKEN0 + w ->
          mine[w]--;
          if
          :: old[w] > 0 -> old[w]--; own[w] = 0
          :: else -> own[w] = (age[w] <= HELD); word[w] = 0
          fi;
          counted[w] = 0
       :: e == RENEWED1 - w || e == TAKEN1 - w -> own[w] = 0; counted[w] = 0
       :: e == PASSED || e == AGAIN ->
          held[w] = holds[w];
          if :: e == PASSED -> holds[w] = 1 - holds[w] :: else fi;
          sEarlier[w] = (FLAW == ONE_BACK || (sEarlier[w] && sLast[w])); sLast[w] = sOver[w]; sOver[w] = 0;
          earlier[w] = (FLAW == NO_WAIT -> TENURE : counted[w]);
          own[w] = 0; word[w] = 0; has[w] = (FLAW == STALE_HAS && has[w]); toldHere[w] = 0; said[w] = 0; passes[w]--
       :: e == FREED -> sOver[w] = 1
       :: e == FREEDOLD -> sLast[w] = 1
       fi;
       if :: e == TAKEN0 || e == TAKEN1 -> sLast[w] = 1; sEarlier[w] = 1 :: else fi;
       if :: !holds[w] || (sLast[w] && sEarlier[w]) -> earlier[w] = 0 :: else fi;
       if :: !flying[w] && !own[w] && mine[w] == old[w] -> age[w] = 0 :: else fi;
       e = 0 }

  :: atomic { HOLDS(w) -> /* it asks for a renewal; its age counts from here */
       flying[w] = 1; age[w] = 0; own[w] = 0; old[w] = mine[w]; word[w] = (FLAW == EARLY_WORD);
       valid[w] = (passes[w] == 0); says[w] = has[w] }

  :: atomic { flying[w] && ROOM -> /* it comes to the log, however late */
       if
       :: valid[w] && !over ->
          mine[w]++; word[w] = 1;
          if :: freeing[w] == PRESENT && FLAW != ANY_RENEWAL -> freeing[w] = NONE :: else fi;
          if
          :: says[w] -> lastOver = 1; earlierOver = 1; append(TAKEN0 + w)
          :: else -> append(RENEWED0 + w)
          fi
       :: else
       fi;
       drop(w) }

  :: atomic { flying[w] -> drop(w) } /* or never */

  :: atomic { word[w] -> own[w] = (age[w] <= HELD); word[w] = 0 } /* the word comes; or never */

  :: atomic { HOLDS(w) && own[w] && MAYTAKE(w) && age[w] <= HELD ->
       own[w] = 0; told[w] = HELD + 1 - age[w]; toldHere[w] = 1;
       if :: !flying[w] && mine[w] == old[w] -> age[w] = 0 :: else fi }

  :: atomic { told[w] > 0 -> keep(w, told[w]); has[w] = toldHere[w] || has[w] } /* the program has looked at the time once more */

  :: atomic { orphan[w] > 0 -> keep(w, orphan[w]) } /* so may one that an earlier life has told */

  :: atomic { kernel[w] > 0 -> kernel[w] = 0 } /* it lets go */

  :: atomic { CLEAR(w) -> /* and that shall be said, of the lease that it means */
       if
       :: holds[w] && !sOver[w] ->
          said[w] = (FLAW != HOLDS_ON); own[w] = (FLAW == HOLDS_ON && own[w]);
          if
          :: passes[w] == 0 && !over && (mine[w] == 0 || FLAW == ANY_RENEWAL) -> freeing[w] = PRESENT
          :: passes[w] == 1 && !lastOver && (mine[w] == 0 || FLAW == ANY_RENEWAL) -> freeing[w] = BEFORE
          :: else
          fi
       :: !holds[w] && held[w] && passes[w] == 0 && !lastOver -> freeing[w] = BEFORE
       :: else
       fi }

  :: atomic { freeing[w] != NONE && ROOM ->
       if
       :: freeing[w] == PRESENT && !over -> over = 1; append(FREED)
       :: freeing[w] == BEFORE && !lastOver -> lastOver = 1; append(FREEDOLD)
       :: else
       fi;
       freeing[w] = NONE }

  :: atomic { freeing[w] != NONE -> freeing[w] = NONE }

  :: atomic { true -> /* it is killed and starts again: it remembers what was committed, and no times */
       if :: told[w] > orphan[w] -> orphan[w] = told[w] :: else fi;
       told[w] = 0; toldHere[w] = 0; counted[w] = (FLAW == STARTS_FREE -> TENURE : 0); earlier[w] = counted[w];
       flying[w] = 0; valid[w] = 0; says[w] = 0; own[w] = 0; word[w] = 0; old[w] = mine[w]; age[w] = 0;
       has[w] = 0; said[w] = 0 }
  od
}

active proctype Leader() { /* whoever that is: passes the lease on whenever it likes */
  do
  :: atomic { ROOM ->
       earlierOver = earlierOver && lastOver; lastOver = over; over = 0;
       passOn(0); passOn(1); passes[0]++; passes[1]++; append(PASSED) }
  :: atomic { ROOM && over ->
       earlierOver = earlierOver && lastOver; lastOver = 1; over = 0;
       passOn(0); passOn(1); passes[0]++; passes[1]++; append(AGAIN) }
  od
}

active proctype Time() {
  do
  :: atomic { true -> ages(0); ages(1) }
  od
}

init {
  atomic {
    holds[0] = 1; sLast[0] = 1; sEarlier[0] = 1; sLast[1] = 1; sEarlier[1] = 1;
    run Watcher(0); run Watcher(1)
  }
}
