"""Says when this host begins and ceases to accept packets for an address: asks it over the loopback every two
milliseconds. Lines such as "1764336000123456 accepts" or "... refuses", in microseconds of the epoch; the first says how it
is at the start. Argument: the address."""
import os
import socket
import struct
import sys
import time

EVERY = 0.002

address = sys.argv[1]
v6 = ":" in address
family = socket.AF_INET6 if v6 else socket.AF_INET
asks, answers = (128, 129) if v6 else (8, 0)
raw = socket.socket(family, socket.SOCK_RAW, 58 if v6 else socket.IPPROTO_ICMP)
raw.bind(("::1" if v6 else "127.0.0.1", 0))  # with which nobody else answers it
raw.settimeout(EVERY / 2)
own = os.getpid() & 0xFFFF


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def answered(number):
    body = struct.pack("!BBHHH", asks, 0, 0, own, number)
    if not v6:
        body = struct.pack("!BBHHH", asks, 0, checksum(body), own, number)
    try:
        raw.sendto(body, (address, 0))
        while True:
            reply = raw.recv(2048)
            if not v6:
                reply = reply[(reply[0] & 15) * 4:]
            kind, _, _, theirs, which = struct.unpack("!BBHHH", reply[:8])
            if kind == answers and theirs == own and which == number:
                return True
    except OSError:
        return False


before = None
number = 0
while True:
    number = (number + 1) & 0xFFFF
    at = time.time()
    now = answered(number)
    if now != before:
        before = now
        print("%d %s" % (at * 1e6, "accepts" if now else "refuses"), flush=True)
    time.sleep(max(0, at + EVERY - time.time()))
