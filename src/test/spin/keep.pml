/*
 * Who may have the floating address where a host keeps it until it is told to let go (without-majority:
 * keep): two hosts, one log, and no time at all. Nothing becomes free by waiting: whoever takes it waits
 * until the other one is known to have let go, or was seen to be off.
 *
 * As in lease.pml each watcher has seen all but the last few entries of the log, whoever leads may pass the
 * lease on at any time, and whatever can happen may happen between any two steps, or never: a message that
 * is lost or comes late, from an earlier life as well; a watcher that is killed and starts again; a program
 * that is slow; a host whose power is switched off, and which is started again.
 *
 * The names are those of org.linekeeper.failover.LeaseHolder and org.linekeeper.state.Lease.
 */

#ifndef LAG
#define LAG 2     /* entries that a watcher has not seen yet */
#endif

/* Ways to be wrong, of which each must be found out. 0: none of them. */
#ifndef FLAW
#define FLAW 0
#endif
#define NO_WAIT      1 /* for a host that keeps it */
#define FORGETS      2 /* who keeps it, when the lease is passed on once more */
#define HOLDS_ON     3 /* goes on holding a lease after it was to be said that its host has let go */
#define ANY_RENEWAL  4 /* whatever was renewed since, a host that has let go has let go */
#define NOT_TOLD     5 /* says that it has let go while a program may still take it */
#define NOT_ORPHANED 6 /* or one of an earlier life */
#define EARLY_WORD   7 /* whoever leads says that a renewal counted when it has only taken it */
#define OLD_WORD     8 /* that a host has let go counts for whichever lease */
#define FENCE_STAYS  9 /* that a host was off counts for later leases as well */
#define KEEPS_LATE  10 /* a host keeps it by what it has, not by its first renewal */

/* entries, as they come to a watcher */
#define RENEWED0 1 /* by watcher 0 */
#define RENEWED1 2
#define TAKEN0   3 /* the same, and its host has the address by this lease */
#define TAKEN1   4
#define PASSED   5 /* to the other host */
#define AGAIN    6 /* to the same one, which had let go */
#define FREED    7 /* the present lease: its holder has let go */
#define FREEDOLD 8 /* the host that is not the holder has let go */

/* which lease is meant by what is on its way, as the log stands now */
#define NONE    0
#define PRESENT 1
#define BEFORE  2

chan queue[2] = [LAG] of { byte };

/* what the log adds up to: the holder, whether its host keeps the address, has it, has let go; and a bit for each host that is bound */
bit holder; bit keeps; bit taken; bit over; byte bound;

/* what each watcher has seen of it */
bit sHolder[2]; bit sKeeps[2]; bit sTaken[2]; bit sOver[2]; byte sBound[2];

/* in its queue: passes, and renewals of its own, of which the first few are an earlier life's */
byte passes[2]; byte mine[2]; byte old[2];

bit own[2];                  /* a renewal of the present lease is known to have counted */
bit word[2];                 /* that it counted is on its way from whoever leads */
bit flying[2]; bit valid[2]; bit says[2];
bit ghost[2];                /* what is flying is an earlier life's */
byte freeing[2];             /* that its host has let go, on its way; across its lives */
bit said[2];                 /* that it has let go of the present lease: nothing is done by that any more */
byte fenced;                 /* the host that was seen to be off, and one; 0 for none, or that is written */

/* its host */
bit kernel[2];               /* it has the address */
bit told[2];                 /* a program may take it */
bit toldHere[2];             /* by the present lease */
bit orphan[2];               /* so may one that an earlier life told */
bit has[2];                  /* as far as it knows: by the present lease */
bit looked[2];               /* whether it knows */

#define HOST(h) (1 << (h))
#define MAYTAKE(w) (FLAW == NO_WAIT || !(sBound[w] & HOST(1 - w)))
#define CLEAR(w) (!kernel[w] && (!told[w] || FLAW == NOT_TOLD) && (!orphan[w] || FLAW == NOT_ORPHANED))
#define ROOM (nfull(queue[0]) && nfull(queue[1]))
#define HOLDS(w) (sHolder[w] == w && !sOver[w] && !said[w])

inline apply(e, h, k, t, o, b) {
  if
  :: e == RENEWED0 || e == RENEWED1 -> k = (k || FLAW != KEEPS_LATE); t = 0
  :: e == TAKEN0 || e == TAKEN1 -> k = 1; t = 1; b = 0
  :: e == PASSED ->
     if :: FLAW == FORGETS -> b = 0 :: else fi;
     if :: k && !o && !(b & HOST(1 - h)) -> b = b | HOST(h) :: else fi;
     h = 1 - h; k = 0; t = 0; o = 0
  :: e == AGAIN -> k = 0; t = 0; o = 0
  :: e == FREED -> o = 1; t = 0; b = b & HOST(1 - h)
  :: e == FREEDOLD -> b = b & HOST(h)
  fi
}

inline append(e) { apply(e, holder, keeps, taken, over, bound); queue[0]!e; queue[1]!e }

inline passOn(w) {
  valid[w] = 0;
  if
  :: freeing[w] == BEFORE && FLAW != OLD_WORD -> freeing[w] = NONE
  :: freeing[w] == PRESENT -> freeing[w] = BEFORE
  :: else
  fi
}

inline pass(e) {
  passOn(0); passOn(1); passes[0]++; passes[1]++;
  if :: FLAW != FENCE_STAYS -> fenced = 0 :: else fi;
  append(e)
}

inline forget(w) { /* it remembers what was committed */
  told[w] = 0; toldHere[w] = 0; own[w] = 0; word[w] = 0; old[w] = mine[w]; has[w] = 0; looked[w] = 0; said[w] = 0;
  ghost[w] = flying[w]
}

inline takes(w) { kernel[w] = 1; assert(!kernel[1 - w]) }

proctype Watcher(byte w) {
  byte e;
  do
  :: atomic { queue[w]?e -> /* it sees one more entry */
       if
       :: e == RENEWED0 + w || e == TAKEN0 + w ->
          mine[w]--;
          if :: old[w] > 0 -> old[w]-- :: else -> own[w] = 1 fi
       :: e == PASSED || e == AGAIN ->
          own[w] = 0; word[w] = 0; has[w] = 0; toldHere[w] = 0; said[w] = 0; passes[w]--
       :: else
       fi;
       apply(e, sHolder[w], sKeeps[w], sTaken[w], sOver[w], sBound[w]);
       e = 0 }

  :: atomic { HOLDS(w) -> /* it asks for a renewal */
       flying[w] = 1; ghost[w] = 0; word[w] = (word[w] || FLAW == EARLY_WORD);
       valid[w] = (passes[w] == 0); says[w] = (has[w] || (!looked[w] && sKeeps[w] && sTaken[w])) }

  :: atomic { flying[w] && ROOM -> /* it comes to the log, however late */
       if
       :: valid[w] && !over ->
          mine[w]++;
          if :: ghost[w] -> old[w]++ :: else -> word[w] = 1 fi;
          if :: freeing[w] == PRESENT && FLAW != ANY_RENEWAL -> freeing[w] = NONE :: else fi;
          if
          :: says[w] -> append(TAKEN0 + w)
          :: else -> append(RENEWED0 + w)
          fi
       :: else
       fi;
       flying[w] = 0; valid[w] = 0; says[w] = 0; ghost[w] = 0 }

  :: atomic { flying[w] -> flying[w] = 0; valid[w] = 0; says[w] = 0; ghost[w] = 0 } /* or never */

  :: atomic { word[w] -> own[w] = 1; word[w] = 0 } /* the word comes; or never */

  :: atomic { HOLDS(w) && own[w] && MAYTAKE(w) -> own[w] = 0; told[w] = 1; toldHere[w] = 1 }

  :: atomic { told[w] -> takes(w); has[w] = (toldHere[w] || has[w]); looked[w] = 1; told[w] = 0; toldHere[w] = 0 }

  :: atomic { told[w] -> looked[w] = 1; told[w] = 0; toldHere[w] = 0 } /* or it was too late */

  :: atomic { orphan[w] -> takes(w); orphan[w] = 0 }

  :: atomic { orphan[w] -> orphan[w] = 0 }

  :: atomic { kernel[w] -> kernel[w] = 0; has[w] = 0; looked[w] = 1 } /* it lets go */

  :: atomic { CLEAR(w) -> /* and that shall be said, of the lease that it means */
       looked[w] = 1; has[w] = 0;
       if
       :: sHolder[w] == w && !sOver[w] ->
          said[w] = (FLAW != HOLDS_ON);
          if
          :: passes[w] == 0 && !over && (mine[w] == 0 || FLAW == ANY_RENEWAL) -> freeing[w] = PRESENT
          :: passes[w] == 1 && holder != w && (mine[w] == 0 || FLAW == ANY_RENEWAL) -> freeing[w] = BEFORE
          :: else
          fi
       :: sHolder[w] != w && (sBound[w] & HOST(w)) && passes[w] == 0 -> freeing[w] = BEFORE
       :: else
       fi }

  :: atomic { freeing[w] != NONE && ROOM ->
       if
       :: freeing[w] == PRESENT && !over && holder == w -> append(FREED)
       :: freeing[w] == BEFORE && holder != w && (bound & HOST(w)) -> append(FREEDOLD)
       :: else
       fi;
       freeing[w] = NONE }

  :: atomic { freeing[w] != NONE -> freeing[w] = NONE }

  :: atomic { true -> /* it is killed and starts again */
       orphan[w] = (orphan[w] || told[w]); forget(w) }

  :: atomic { holder != w && (bound & HOST(w)) && !fenced -> /* its power is switched off, by a fence or a person, and on again */
       kernel[w] = 0; orphan[w] = 0; forget(w); fenced = w + 1 }
  od
}

active proctype Leader() { /* whoever that is: passes the lease on whenever it likes */
  do
  :: atomic { ROOM -> pass(PASSED) }
  :: atomic { ROOM && over -> pass(AGAIN) }
  :: atomic { ROOM && fenced -> /* writes that a host was seen to be off */
       if :: holder != fenced - 1 && (bound & HOST(fenced - 1)) -> append(FREEDOLD) :: else fi;
       fenced = 0 }
  od
}

init {
  atomic {
    run Watcher(0); run Watcher(1)
  }
}
