/*
 * Who may have the floating address: two hosts, one log, no common clock.
 *
 * Of the log each watcher has seen all but the last few entries, which wait in its queue. A renewal
 * or a pass that counts for nothing is left out: it changes nobody's mind. Whoever leads may pass the
 * lease on at any time, so the third watcher needs no process of its own. Time goes by in ticks, and
 * whatever can happen may happen between any two of them, or not at all: a message that never comes,
 * a watcher that stands still, one that is killed and starts again, a program that is slow.
 *
 * The names are those of org.linekeeper.failover.LeaseHolder and org.linekeeper.state.Lease.
 */

#ifndef FRESH
#define FRESH 1   /* a renewal that was asked for longer ago than that is not acted on */
#endif
#ifndef KEPT
#define KEPT 2    /* the kernel keeps the address for so long */
#endif
#ifndef TENURE
#define TENURE (FRESH + KEPT + 2) /* each of two clocks may be off by a tick */
#endif

/* entries, as they come to a watcher */
#define RENEWED0 1 /* by watcher 0 */
#define RENEWED1 2
#define TAKEN0   3 /* the same, and its host has the address by this lease */
#define TAKEN1   4
#define PASSED   5
#define FREED    6 /* the present lease: its holder has let go */
#define FREEDOLD 7 /* the lease before that one */
#define AGAIN    8 /* passed to the host that had let go of it, since its PBX serves again */

chan queue[2] = [3] of { byte };
byte pending[2];             /* passes that wait in the queue */

/* what the log adds up to */
byte holder = 0; bit lastOver = 1; bit earlierOver = 1; bit over = 0;

/* what each watcher has seen of it */
byte sHolder[2]; bit sLast[2]; bit sEarlier[2]; bit sOver[2];
bit sBefore[2];              /* whether its own host had the lease before the present one */
bit own[2];                  /* the latest renewal that counted is the latest that it asked for */
byte counted[2];             /* ticks since a renewal was last seen to count, TENURE at most */
byte earlier[2];             /* the same up to the present lease */
bit fast[2];                 /* its clock has run a tick ahead since then */

/* what it asked for */
bit flying[2]; bit valid[2]; bit says[2];
byte age[2];                 /* ticks since then, FRESH + 1 at most */
bit acted[2];

/* its host */
byte kernel[2]; bit slow[2];
bit told[2]; byte toldAge[2]; bit toldHere[2];
bit orphan[2]; byte orphanAge[2];
bit has[2];                  /* as far as it knows: by the present lease */
bit clear[2];
bit asked[2]; bit askedLate[2]; bit askedUp[2]; byte lastAge[2];
byte up[2];
bit dead[2];                 /* its PBX is seen to be gone */

#define HOLDS(w) (sHolder[w] == w && !sOver[w] && !dead[w])
#define MAYTAKE(w) ((sLast[w] && sEarlier[w]) || earlier[w] >= TENURE)
#define ROOM (nfull(queue[0]) && nfull(queue[1]))

inline append(e) { queue[0]!e; queue[1]!e }

inline older(x, most) { if :: x < most -> x++ :: else fi }

inline ages(w) {
  if
  :: kernel[w] > 0 && !slow[w] -> slow[w] = 1
  :: kernel[w] > 0 -> kernel[w]--
  :: kernel[w] == 0
  fi;
  if :: kernel[w] == 0 -> slow[w] = 0 :: else fi;
  older(age[w], FRESH + 1); older(lastAge[w], FRESH + 1); older(up[w], FRESH + 1);
  if :: told[w] -> older(toldAge[w], FRESH + 1) :: else fi;
  if :: orphan[w] -> older(orphanAge[w], FRESH + 1) :: else fi;
  if
  :: older(counted[w], TENURE); older(earlier[w], TENURE)
  :: !fast[w] ->
     fast[w] = 1;
     older(counted[w], TENURE); older(earlier[w], TENURE);
     older(counted[w], TENURE); older(earlier[w], TENURE)
  fi
}

proctype Watcher(byte w) {
  byte e;
  do
  :: atomic { queue[w]?e -> /* it sees one more entry */
       if
       :: e == RENEWED0 + w || e == TAKEN0 + w -> own[w] = 1
       :: e == RENEWED1 - w || e == TAKEN1 - w -> own[w] = 0
       :: else
       fi;
       if
       :: e <= TAKEN1 -> counted[w] = 0; fast[w] = 0
       :: e == PASSED || e == AGAIN ->
          sBefore[w] = (sHolder[w] == w);
          if :: e == PASSED -> sHolder[w] = 1 - sHolder[w] :: else fi;
          sEarlier[w] = sEarlier[w] && sLast[w]; sLast[w] = sOver[w]; sOver[w] = 0;
          earlier[w] = counted[w]; own[w] = 0; has[w] = 0; toldHere[w] = 0; pending[w]--
       :: e == FREED -> sOver[w] = 1
       :: e == FREEDOLD -> sLast[w] = 1
       fi;
       if :: e == TAKEN0 || e == TAKEN1 -> sLast[w] = 1; sEarlier[w] = 1 :: else fi;
       e = 0 }

  :: atomic { HOLDS(w) && !flying[w] -> /* it asks for a renewal; its age counts from here */
       flying[w] = 1; age[w] = 0; acted[w] = 0; own[w] = 0;
       valid[w] = (pending[w] == 0); says[w] = has[w] }

  :: atomic { flying[w] && ROOM -> /* it comes to the log, however late */
       if
       :: valid[w] && !over ->
          if
          :: says[w] -> lastOver = 1; earlierOver = 1; append(TAKEN0 + w)
          :: else -> append(RENEWED0 + w)
          fi
       :: else
       fi;
       flying[w] = 0; valid[w] = 0; says[w] = 0 }

  :: atomic { flying[w] -> flying[w] = 0; valid[w] = 0; says[w] = 0 } /* or never */

  :: atomic { HOLDS(w) && own[w] && !acted[w] && age[w] <= FRESH && MAYTAKE(w) && !told[w] ->
       acted[w] = 1; clear[w] = 0; asked[w] = 0; askedLate[w] = 0; askedUp[w] = 0;
       told[w] = 1; toldAge[w] = age[w]; lastAge[w] = age[w]; toldHere[w] = 1 }

  :: atomic { told[w] -> /* the program looks at the time once more */
       if
       :: toldAge[w] <= FRESH -> kernel[w] = KEPT; slow[w] = 0; has[w] = toldHere[w]; assert(kernel[1 - w] == 0)
       :: else
       fi;
       told[w] = 0; toldAge[w] = 0; toldHere[w] = 0 }

  :: atomic { !HOLDS(w) && !clear[w] && !asked[w] -> /* the host is to let go */
       asked[w] = 1; askedLate[w] = (lastAge[w] > FRESH); askedUp[w] = (up[w] > FRESH) }

  :: atomic { asked[w] -> /* it does, unless it was told otherwise meanwhile */
       kernel[w] = 0; slow[w] = 0; has[w] = 0;
       clear[w] = (askedUp[w] && (!told[w] || askedLate[w]));
       asked[w] = 0; askedLate[w] = 0; askedUp[w] = 0 }

  :: atomic { !HOLDS(w) && clear[w] && ROOM -> /* and says so, of the lease that it means */
       if
       :: sHolder[w] == w && pending[w] == 0 && !over -> over = 1; append(FREED)
       :: sHolder[w] == w && pending[w] == 1 && !lastOver -> lastOver = 1; append(FREEDOLD)
       :: sHolder[w] != w && sBefore[w] && pending[w] == 0 && !lastOver -> lastOver = 1; append(FREEDOLD)
       :: else
       fi }

  :: atomic { dead[w] = 1 - dead[w] }

  :: atomic { up[w] > 0 -> /* it is killed and starts again: it remembers what was committed, and no times */
       if :: told[w] -> orphan[w] = 1; orphanAge[w] = toldAge[w] :: else fi;
       told[w] = 0; toldAge[w] = 0; toldHere[w] = 0; up[w] = 0; lastAge[w] = 0;
       counted[w] = 0; earlier[w] = 0; fast[w] = 0; own[w] = 0; acted[w] = 0; age[w] = 0;
       flying[w] = 0; valid[w] = 0; says[w] = 0; has[w] = 0; clear[w] = 0;
       asked[w] = 0; askedLate[w] = 0; askedUp[w] = 0; dead[w] = 0 }

  :: atomic { orphan[w] -> /* what an earlier life has told a program */
       if
       :: orphanAge[w] <= FRESH -> kernel[w] = KEPT; slow[w] = 0; assert(kernel[1 - w] == 0)
       :: else
       fi;
       orphan[w] = 0; orphanAge[w] = 0 }
  od
}

active proctype Leader() { /* whoever that is: passes the lease on whenever it likes */
  do
  :: atomic { ROOM ->
       earlierOver = earlierOver && lastOver; lastOver = over; over = 0; holder = 1 - holder;
       valid[0] = 0; valid[1] = 0; pending[0]++; pending[1]++; append(PASSED) }
  :: atomic { ROOM && over ->
       earlierOver = earlierOver && lastOver; lastOver = 1; over = 0;
       valid[0] = 0; valid[1] = 0; pending[0]++; pending[1]++; append(AGAIN) }
  od
}

active proctype Time() {
  do
  :: atomic { ages(0); ages(1) }
  od
}

init {
  atomic {
    sLast[0] = 1; sEarlier[0] = 1; sLast[1] = 1; sEarlier[1] = 1;
    run Watcher(0); run Watcher(1)
  }
}
