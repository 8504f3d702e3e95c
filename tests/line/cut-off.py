"""A network namespace from which nothing leads out, and which notes whatever tries; as root on Linux.

Usage: cut-off.py NAME. Makes the namespace NAME with a loopback, and a default route into a TUN device of this
process, which answers nothing. Its name server is an address out there, so that a question for a name is noted as
well. Says "ready". For each line it reads it says what was tried so far, as a JSON list of texts such as
"udp 10.99.0.53:53 example.org" or "tcp 192.0.2.1:443", each once. The end of its input ends it, and the namespace.
"""
import fcntl, ipaddress, json, os, select, shutil, struct, subprocess, sys

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6"}
NAME_SERVER = "10.99.0.53"


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def open_space(name):
    device = name[-15:]
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
    run("ip", "netns", "add", name)
    # `ip netns exec` lays this over the computer's own.
    os.makedirs(f"/etc/netns/{name}")
    with open(f"/etc/netns/{name}/resolv.conf", "w") as file:
        file.write(f"nameserver {NAME_SERVER}\noptions timeout:1 attempts:1\n")
    run("ip", "link", "set", device, "netns", name)
    inside = ("ip", "-n", name)
    run(*inside, "link", "set", "lo", "up")
    run(*inside, "addr", "add", "10.99.0.1/24", "dev", device)
    run(*inside, "link", "set", device, "up")
    run(*inside, "route", "add", "default", "dev", device)
    # Where the kernel has no IPv6 nothing can try it either.
    subprocess.run([*inside, "-6", "route", "add", "default", "dev", device], stderr=subprocess.DEVNULL)
    return tun


def asked_name(question):
    parts, at = [], 12
    while at < len(question) and question[at] != 0:
        parts.append(question[at + 1 : at + 1 + question[at]].decode("latin1"))
        at += question[at] + 1
    return ".".join(parts)


def read_try(packet):
    """What a packet was for; None: the kernel's own noise on a new device, which no program sent."""
    if packet[0] >> 4 == 4:
        protocol, target, body = packet[9], packet[16:20], packet[(packet[0] & 15) * 4 :]
    else:
        protocol, target, body = packet[6], packet[24:40], packet[40:]
    address = ipaddress.ip_address(bytes(target))
    if protocol not in (6, 17):
        return None if address.is_multicast else f"{PROTOCOLS.get(protocol, protocol)} {address}"
    port = struct.unpack("!H", body[2:4])[0]
    said = f"{PROTOCOLS[protocol]} {address}:{port}"
    return f"{said} {asked_name(body[8:])}" if protocol == 17 and port == 53 else said


def main(name):
    tun = open_space(name)
    tried = []
    try:
        print("ready", flush=True)
        while True:
            readable, _, _ = select.select([0, tun], [], [])
            if tun in readable:
                found = read_try(os.read(tun, 65_536))
                if found is not None and found not in tried:
                    tried.append(found)
            elif 0 in readable:
                if os.read(0, 4_096) == b"":
                    return
                print(json.dumps(tried), flush=True)
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)
        shutil.rmtree(f"/etc/netns/{name}", ignore_errors=True)


main(sys.argv[1])
