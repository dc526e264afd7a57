#!/usr/bin/python3
"""Holds threads of a process still until standard input ends, which signals cannot do.

usage: hold-threads.py PID WHICH [wait]

With wait, it makes ready, says so, and holds them when it is given a line; the time at which it did is printed.

WHICH is sip-reader, taskprocessors or ami-listener. They are told apart by what they wait for, which the kernel shows
in /proc: gdb would stop the whole process for a second to find out.
"""
import ctypes, os, re, socket, struct, sys, time

SEIZE, INTERRUPT, WALL = 0x4206, 0x4207, 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

pid, which = int(sys.argv[1]), sys.argv[2]


def waits_in(tid):
    """The system call it is in, with its arguments; empty while it runs."""
    try:
        return open(f'/proc/{pid}/task/{tid}/syscall').read().split()
    except OSError:
        return []


def name(tid):
    try:
        return open(f'/proc/{pid}/task/{tid}/comm').read().strip()
    except OSError:
        return ''  # it has ended


def memory(address, size):
    with open(f'/proc/{pid}/mem', 'rb', 0) as mem:
        mem.seek(address)
        return mem.read(size)


def listening_on(port):
    """Inode numbers of the sockets that listen there, in the process's own network."""
    found = set()
    for line in open(f'/proc/{pid}/net/tcp').read().splitlines()[1:]:
        field = line.split()
        if field[3] == '0A' and int(field[1].split(':')[1], 16) == port:
            found.add(field[9])
    return found


def polled(call):
    """File descriptors that a poll waits for; x86-64: 7 is poll, 271 ppoll."""
    if call and call[0] in ('7', '271'):
        count = min(int(call[2], 16), 16)
        data = memory(int(call[1], 16), 8 * count)
        return [struct.unpack_from('iHH', data, 8 * i)[0] for i in range(count)]
    return []


def is_ami_listener(tid, inodes):
    for fd in polled(waits_in(tid)):
        try:
            target = os.readlink(f'/proc/{pid}/fd/{fd}')
        except OSError:
            continue
        if any(target == f'socket:[{inode}]' for inode in inodes):
            return True
    return False


def wanted(tid):
    if which == 'ami-listener':
        return is_ami_listener(tid, listening_on(5038))
    if which == 'sip-reader':
        return name(tid) == 'SIP'
    # 202 is futex: whoever works on queues waits on a condition variable; listeners and AMI sessions poll
    return name(tid) == 'asterisk' and waits_in(tid)[:1] == ['202']


if which == 'list':
    for t in sorted(os.listdir(f'/proc/{pid}/task'), key=int):
        print(t, name(t), waits_in(t)[:4])
    sys.exit()

# the one that reads may just be at work: look for up to a second
tids = []
for _ in range(200):
    tids = [t for t in map(int, os.listdir(f'/proc/{pid}/task')) if wanted(t)]
    if tids:
        break
    time.sleep(0.005)
for tid in tids:
    if libc.ptrace(SEIZE, tid, None, None) != 0:
        if os.path.exists(f'/proc/{pid}/task/{tid}'):
            sys.exit(f'cannot trace {tid}: {os.strerror(ctypes.get_errno())}')
if sys.argv[3:] == ['wait']:
    print('ready', flush=True)
    sys.stdin.readline()
    print(f'{time.time():.6f}', flush=True)
for tid in tids:
    if libc.ptrace(INTERRUPT, tid, None, None) == 0:
        os.waitpid(tid, WALL)
print(f'held {len(tids)} threads: {which} {sorted(set(map(name, tids)))}' if tids else 'none found', flush=True)
sys.stdin.read()
# the kernel lets them go on when we end
