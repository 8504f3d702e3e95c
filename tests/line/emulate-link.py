"""A link with a rate, a delay, losses and blackouts between two network namespaces, as root on Linux.

Usage: emulate-link.py NAME. Makes the namespaces NAME-station (10.77.0.1) and NAME-centre (10.77.0.2), joined
by two TUN devices of this process, and says "ready". Reads a JSON object a line:

  {"down": {"kbps": 128, "delayMs": 300, "loss": 0.005}, "up": {...}, "isDark": false}

where kbps null is no limit. {"forget": true} has nothing of the connections that were ever seen pass any more, as a
router does that was started anew; neither end is told. Answers each with what has crossed so far: {"down": bytes, "up": bytes}, IP
headers included and what was lost counted. The end of its input ends it, and the namespaces with it.
"""
import fcntl, heapq, json, os, random, select, signal, struct, subprocess, sys, time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
ENDS = {"station": "10.77.0.1", "centre": "10.77.0.2"}
# What a router keeps before it drops: two seconds of the line, and a few packets on the slowest.
QUEUE_S, QUEUE_MIN_BYTES = 2.0, 16_000


def run(*words, check=True):
    subprocess.run(words, check=check, stdout=subprocess.DEVNULL, stderr=None if check else subprocess.DEVNULL)


def open_end(name, end):
    space, device = f"{name}-{end}", f"{name[-9:]}-{end[:2]}"
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
    run("ip", "netns", "add", space)
    # The descriptor goes on working when its device moves.
    run("ip", "link", "set", device, "netns", space)
    inside = ("ip", "-n", space)
    run(*inside, "addr", "add", f"{ENDS[end]}/24", "dev", device)
    run(*inside, "link", "set", "lo", "up")
    run(*inside, "link", "set", device, "mtu", "1400", "up")
    return tun


def flow_of(packet):
    """The two ends of a TCP connection, in any order; None: something else."""
    if packet[0] >> 4 != 4 or packet[9] != 6:
        return None
    at = (packet[0] & 15) * 4
    return frozenset([packet[12:16] + packet[at : at + 2], packet[16:20] + packet[at + 2 : at + 4]])


class Way:
    """One direction: packets wait their turn, travel, and come out of the other end."""

    def __init__(self, target):
        self.target, self.kbps, self.delay, self.loss = target, None, 0.0, 0.0
        self.free_at, self.bytes = 0.0, 0

    def set(self, to):
        self.kbps, self.delay, self.loss = to.get("kbps"), to.get("delayMs", 0) / 1000, to.get("loss", 0)

    def arrival(self, size, now, chance):
        """When a packet that comes in now goes out; None: never."""
        waits = max(0.0, self.free_at - now)
        if self.kbps is not None:
            queued = waits * self.kbps * 125
            if queued + size > max(QUEUE_MIN_BYTES, QUEUE_S * self.kbps * 125):
                return None
            self.free_at = now + waits + size / (self.kbps * 125)
        self.bytes += size
        if chance < self.loss:
            return None
        return (self.free_at if self.kbps is not None else now) + self.delay


def main(name):
    station, centre = (open_end(name, end) for end in ENDS)
    ways = {station: Way(centre), centre: Way(station)}
    up, down = ways[station], ways[centre]
    dice, order, flying, is_dark = random.Random(77), 0, [], False
    seen, forgotten = set(), set()
    print("ready", flush=True)
    unread = b""
    while True:
        wait = max(0.0, flying[0][0] - time.monotonic()) if flying else None
        readable, _, _ = select.select([0, station, centre], [], [], wait)
        now = time.monotonic()
        for end in (it for it in readable if it != 0):
            for _ in range(64):
                try:
                    packet = os.read(end, 65_536)
                except BlockingIOError:
                    break
                flow = flow_of(packet)
                seen.add(flow)
                at = None if is_dark or flow in forgotten else ways[end].arrival(len(packet), now, dice.random())
                if at is not None:
                    order += 1
                    heapq.heappush(flying, (at, order, ways[end].target, packet))
        while flying and flying[0][0] <= time.monotonic():
            _, _, target, packet = heapq.heappop(flying)
            if not is_dark:
                try:
                    os.write(target, packet)
                except OSError:
                    pass
        if 0 in readable:
            piece = os.read(0, 65_536)
            if piece == b"":
                return
            *lines, unread = (unread + piece).split(b"\n")
            for line in lines:
                asked = json.loads(line)
                is_dark = asked.get("isDark", is_dark)
                if asked.get("forget"):
                    forgotten |= seen - {None}
                for key, way in (("down", down), ("up", up)):
                    if key in asked:
                        way.set(asked[key])
                print(json.dumps({"down": down.bytes, "up": up.bytes}), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        main(sys.argv[1])
    finally:
        for end in ENDS:
            run("ip", "netns", "del", f"{sys.argv[1]}-{end}", check=False)
