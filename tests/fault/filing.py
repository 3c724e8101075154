"""Files demands from several threads while the service is being killed, and keeps a ledger outside of it.

usage: filing.py BASE_URL SECONDS THREADS LEDGER
Each demand has one Idempotency-Key, sent again with the same body until it is acknowledged or the time plus 30 s is over:
what a phone does in a tunnel. Every fifth is sent twice at once. The ledger gets one line a demand: key, number of the
acknowledged ticket ("-" = none), tries. A 2xx that answers the same key with another number is printed as BROKEN.
"""
import http.client, json, os, random, sys, threading, time

base, seconds, threads, ledger = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
host = base.split("//")[1].rstrip("/")
stop_filing = time.monotonic() + seconds
give_up = stop_filing + 30
lock, lines, broken = threading.Lock(), [], []
run = os.urandom(4).hex()


def send(key, body):
    """Status and ticket number; (0, None) when the connection broke."""
    try:
        c = http.client.HTTPConnection(host, timeout=15)
        c.request("POST", "/api/v1/tickets", body, {"Content-Type": "application/json", "Idempotency-Key": key})
        r = c.getresponse()
        text = r.read()
        c.close()
        return r.status, json.loads(text)["data"]["ticket_no"] if r.status == 201 else None
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return 0, None


def file_one(n, rnd):
    key = "fault-%s-%06d-%08x" % (run, n, rnd.getrandbits(32))
    body = json.dumps({"kind": "complaint", "text": "夜里施工噪声很大，第 %d 次反映，请派人来看。" % n,
                       "area_code": "110105025", "address": "%d 号楼" % (n % 90 + 1), "public": False}).encode()
    tries, number = 0, None
    while number is None and time.monotonic() < give_up:
        tries += 1
        if n % 5 == 0 and tries == 1:
            got = []
            pair = [threading.Thread(target=lambda: got.append(send(key, body))) for _ in range(2)]
            for t in pair:
                t.start()
            for t in pair:
                t.join()
            numbers = {g[1] for g in got if g[1]}
            if len(numbers) > 1:
                with lock:
                    broken.append("%s %s" % (key, numbers))
            number = next(iter(numbers), None)
        else:
            number = send(key, body)[1]
        if number is None:
            time.sleep(0.2)
    if number and n % 7 == 0:
        status, again = send(key, body)
        if status == 201 and again != number:
            with lock:
                broken.append("%s %s then %s" % (key, number, again))
    with lock:
        lines.append("%s %s %d" % (key, number or "-", tries))


def work(first):
    rnd, n = random.Random(first), first
    while time.monotonic() < stop_filing:
        file_one(n, rnd)
        n += threads


pool = [threading.Thread(target=work, args=(i,)) for i in range(threads)]
for t in pool:
    t.start()
for t in pool:
    t.join()
with open(ledger, "w") as f:
    f.write("".join(line + "\n" for line in sorted(lines)))
for b in broken:
    print("BROKEN", b)
print("filed %d acknowledged %d" % (len(lines), sum(1 for line in lines if line.split()[1] != "-")))
sys.exit(1 if broken else 0)
