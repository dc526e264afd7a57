#!/usr/bin/python3
"""Two network taps, and every frame that goes into one comes out of the other a random time later.

usage: jitter.py ONE OTHER MILLISECONDS

What netem does with `delay 25ms 25ms`, for kernels without it: each frame waits by itself, evenly distributed from
nothing to MILLISECONDS, so that later ones overtake earlier ones. Prints a line when both taps are there; ends with its
standard input, and the taps with it.
"""
import fcntl, heapq, os, random, select, struct, sys, time

TUNSETIFF, TAP, NO_HEADER = 0x400454CA, 0x0002, 0x1000
FRAME = 65_536
LOOK = 0.001  # seconds between two looks at the taps while frames wait: fewer wakings, and far less than the delay
HELD_AT_MOST = 20_000  # frames; more than a second of what the lab's calls send

longest = float(sys.argv[3]) / 1000


def tap(name):
    fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack('16sH22x', name.encode(), TAP | NO_HEADER))
    return fd


def read(fd):
    try:
        return os.read(fd, FRAME)
    except BlockingIOError:
        return None


def write(fd, frame):
    try:
        os.write(fd, frame)
    except OSError:
        pass  # the tap is not up yet, or its queue is full: lost, as on a cable


one, other = tap(sys.argv[1]), tap(sys.argv[2])
try:
    # a busy machine must not delay the cable as well
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
except OSError:
    pass
print('ready', flush=True)

waiting = []  # (when, number, tap, frame), the next one first
number = 0
while True:
    if not waiting:
        if sys.stdin.fileno() in select.select([one, other, sys.stdin], [], [])[0] and not os.read(0, 1):
            break
    else:
        time.sleep(LOOK)
        if number % 64 == 0 and select.select([sys.stdin], [], [], 0)[0] and not os.read(0, 1):
            break
    now = time.monotonic()
    for source, target in ((one, other), (other, one)):
        while len(waiting) < HELD_AT_MOST and (frame := read(source)) is not None:
            number += 1
            heapq.heappush(waiting, (now + random.uniform(0, longest), number, target, frame))
    now = time.monotonic()
    while waiting and waiting[0][0] <= now:
        _, _, target, frame = heapq.heappop(waiting)
        write(target, frame)
