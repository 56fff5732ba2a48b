#!/usr/bin/env python3
"""Kiểm tra hồ sơ lưu trữ hoặc nhật ký của Phòng Trực. Chỉ cần Python 3; viết theo FORMAT.md, không theo mã nguồn.

    python3 verify.py                      thư mục đã giải nén mà tệp này nằm trong đó
    python3 verify.py SC-2026-0001.zip     tệp lưu trữ
    python3 verify.py log/su-co.jsonl --checkpoints checkpoints/0001.txt --key keys/abc.pem
Thêm --key KHOA.pem để chỉ tin khóa ấy; --json để in kết quả cho máy đọc.
Mã thoát: 0 không thấy gì sai; 1 có; 2 không kiểm tra được; 3 không thấy gì sai nhưng có chữ ký không tin được.
"""
import argparse, base64, datetime, functools, hashlib, json, os, re, sys, zipfile, zlib

ZERO = "0" * 64
HEX = re.compile(r"[0-9a-f]{64}")
PUBLIC = bytes.fromhex("302a300506032b6570032100")

# Ed25519, RFC 8032, section 5.1 and appendix A.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def add(a, b):
    x = (a[1] - a[0]) * (b[1] - b[0]) % P
    y = (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, z - t, z + t, y + x
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    sum_ = (0, 1, 1, 0)
    while number:
        if number & 1:
            sum_ = add(sum_, point)
        point = add(point, point)
        number >>= 1
    return sum_


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * I % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def packed(a):
    z = pow(a[2], P - 2, P)
    x, y = a[0] * z % P, a[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=None)
def signed(key, text, signature):
    a, s = point(key), int.from_bytes(signature[32:], "little")
    if a is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    minus = (P - a[0], a[1], a[2], P - a[3])
    return packed(add(times(s, BASE), times(k, minus))) == signature[:32]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def key_of(pem):
    """The 32 bytes of a public key."""
    found = re.search(r"-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", pem, re.S)
    der = base64.b64decode("".join(found.group(1).split())) if found else b""
    if len(der) != 44 or not der.startswith(PUBLIC):
        raise ValueError("không phải một khóa công khai Ed25519")
    return der[12:]


def id_of(key):
    return sha256(PUBLIC + key)


def moment(text):
    """A comparable moment; an error when it is none."""
    found = isinstance(text, str) and re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z", text)
    if not found or found[2].endswith("60") or found[2].endswith("61") or (found[3] or "1").endswith("0"):
        raise ValueError("không phải một thời điểm")
    datetime.datetime.strptime(found[1] + found[2], "%Y-%m-%d%H:%M:%S")
    return found[1], found[2], (found[3] or "").ljust(9, "0")


def number(value):
    if type(value) is not int or not 0 <= value < 2**32:
        raise ValueError("không phải một số")
    return value


def digest(value):
    if not isinstance(value, str) or not HEX.fullmatch(value):
        raise ValueError("không phải một mã băm")
    return value


def once(pairs):
    names = [name for name, _ in pairs]
    fields = dict(pairs)
    fields["\0twice"] = {name for name in names if names.count(name) > 1}
    return fields


def refuse(constant):
    raise ValueError(constant)


class Line:
    """What every line holds."""

    def __init__(self, data):
        fields = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
        if not isinstance(fields, dict):
            raise ValueError("không phải một đối tượng")
        if fields["\0twice"] & {"rev", "at", "purges", "prev", "purged"}:
            raise ValueError("hai trường cùng tên")
        self.rev, self.at, self.prev = number(fields["rev"]), moment(fields["at"]), digest(fields["prev"])
        purged = fields.get("purged")
        self.purged = None if purged is None else digest(purged)
        self.now = sha256(data)
        self.id = self.purged or self.now
        self.purges = set()
        for entry in fields.get("purges", []):
            if entry.pop("\0twice") or set(entry) != {"rev", "was", "now"}:
                raise ValueError("biên bản xóa bỏ không đúng dạng")
            self.purges.add((number(entry["rev"]), digest(entry["was"]), digest(entry["now"])))


def line_of(data):
    try:
        return Line(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def walk(log, head):
    """The ids of the lines that stand, those lines, the number of the first bad line or none, and to where the log was cut."""
    pieces = log.split(b"\n")
    lines = [line_of(piece) for piece in pieces]
    named = set()
    for piece, line in zip(pieces, lines):
        if line and b'"purges":' in piece:
            named |= {entry for entry in line.purges if entry[0] < line.rev}
    ids, at, bad, n = [ZERO], None, None, 0
    for n, (piece, line) in enumerate(zip(pieces, lines), 1):
        if n == len(pieces):
            bad = n if piece else None
            break
        if line is None or line.rev != n:
            bad = n
        elif line.purged and (n, line.purged, line.now) not in named:
            bad = n
        elif line.prev != ids[n - 1]:
            bad = max(n - 1, 1)
            if bad < n:
                after = lines[n]
                if after:
                    linked = after.prev == line.id
                else:
                    linked = head is None or head[0] != n or head[1] == line.id
                bad = bad if linked else n
        elif at is not None and line.at < at:
            bad = n
        elif head and head[0] == n and head[1] != line.id:
            bad = n
        if bad:
            break
        ids.append(line.id)
        at = line.at
    standing = bad - 1 if bad else len(ids) - 1
    cut = head[0] if not bad and head and head[0] > standing else None
    return ids[: standing + 1], lines[:standing], bad, cut


class Checkpoint:
    FIELDS = ["stream", "rev", "digest", "at", "cause", "key", "signature"]
    CAUSES = {"submit", "approve", "publish", "close", "interval", "export"}

    def __init__(self, text):
        lines = text.strip("\n").split("\n")
        if len(lines) != 8 or lines[0] != "phong-truc-checkpoint/1":
            raise ValueError("không phải một điểm chốt")
        for name, line in zip(self.FIELDS, lines[1:]):
            if not line.startswith(name + ": "):
                raise ValueError(f"thiếu dòng {name}")
            setattr(self, name, line[len(name) + 2 :])
        if not re.fullmatch(r"0|[1-9]\d{0,9}", self.rev) or self.cause not in self.CAUSES:
            raise ValueError("không đúng dạng")
        self.rev = number(int(self.rev))
        digest(self.digest), digest(self.key), moment(self.at)
        self.text = ("\n".join(lines[:7]) + "\n").encode()
        self.whole = ("\n".join(lines) + "\n").encode()
        encoded, self.signature = self.signature, base64.b64decode(self.signature, validate=True)
        if len(self.signature) != 64 or base64.b64encode(self.signature).decode() != encoded:
            raise ValueError("không phải một chữ ký")


def checkpoints_of(text):
    """Each checkpoint of a text, or none in place of one that cannot be read."""
    found = []
    for block in text.split("\n\n"):
        if block.strip("\n"):
            try:
                found.append(Checkpoint(block))
            except ValueError:
                found.append(None)
    return found


def judge(log, head, checkpoints, stamped, keys, stream):
    ids, standing, bad, cut = walk(log, head)
    lines, trusted, checked = len(ids) - 1, {id_of(key): key for key in keys}, []
    for one in checkpoints:
        if one is None:
            finding = "unreadable"
        elif one.key not in trusted:
            finding = "unknown_key"
        elif not signed(trusted[one.key], one.text, one.signature):
            finding = "bad_signature"
        elif stream and one.stream != stream:
            finding = "other_stream"
        elif one.rev <= lines:
            finding = "holds" if ids[one.rev] == one.digest else "differs"
        else:
            finding = "not_judged" if bad else "missing"
        checked.append({"rev": one.rev if one else 0, "finding": finding})
    revs = lambda finding: [one["rev"] for one in checked if one["finding"] == finding]
    lost = revs("missing") + ([cut] if cut else [])
    verdict, first, last = "intact", 0, 0
    if revs("differs"):
        last = min(revs("differs"))
        lines = max([rev for rev in revs("holds") if rev < last], default=0)
        verdict, first = "changed", lines + 1
    elif lost:
        verdict, first, last = "missing", lines + 1, max(lost)
    elif bad:
        verdict, first, last = "changed", bad, bad
    holding = [
        (one.rev, stamp, moment(one.at), place)
        for place, (one, stamp, it) in enumerate(zip(checkpoints, stamped, checked))
        if it["finding"] == "holds" and one.rev <= lines
    ]
    sealed = None
    if holding:
        rev, stamp, _, place = max(holding)
        one = checkpoints[place]
        sealed = {"rev": rev, "at": one.at, "cause": one.cause, "key": one.key, "stamped": stamp}
    certain = sealed["rev"] if sealed else 0
    vouched = {}
    for n, line in enumerate(standing, 1):
        for entry in line.purges:
            if entry[0] < line.rev:
                vouched.setdefault(entry, n)
    left = [(n, line) for n, line in enumerate(standing[:lines], 1) if line.purged]
    loose = [n for n, line in left if vouched.get((n, line.purged, line.now), certain + 1) > certain]
    return {
        "verdict": verdict, "from": first, "to": last, "lines": lines, "head": ids[lines], "sealed": sealed,
        "tail": lines - certain, "purged": len(left), "loose": loose, "checkpoints": checked,
    }


def head_of(text):
    found = re.fullmatch(r"\s*(\d+) ([0-9a-f]{64})\s*", text)
    return (int(found[1]), found[2]) if found else None


class Folder:
    """An archive that was unpacked."""

    def __init__(self, path):
        self.path = path
        self.names = sorted(
            os.path.relpath(os.path.join(above, name), path).replace(os.sep, "/")
            for above, _, names in os.walk(path) for name in names
        )

    def open(self, name):
        return open(os.path.join(self.path, name), "rb")


class Zip:
    """An archive as it was made."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.names = sorted(self.zip.namelist())
        if len(set(self.names)) != len(self.names):
            raise zipfile.BadZipFile("hai mục cùng tên")

    def open(self, name):
        return self.zip.open(name)


def judge_archive(archive, keys):
    problems = {}

    def read(name):
        try:
            with archive.open(name) as file:
                return file.read()
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            return None

    def hashed(name):
        total = hashlib.sha256()
        try:
            with archive.open(name) as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    total.update(piece)
            return total.hexdigest()
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            return None

    manifest = read("MANIFEST") or b""
    listed = {}
    for line in manifest.decode("utf-8", "replace").split("\n")[:-1]:
        found = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)
        if not found or found[2] in listed:
            problems["MANIFEST"] = "unreadable"
            break
        listed[found[2]] = found[1]
    if not listed or not manifest.endswith(b"\n"):
        problems["MANIFEST"] = "unreadable"
    there = set(archive.names) - {"MANIFEST", "MANIFEST.sig"}
    for name in sorted(there | set(listed)):
        own = re.fullmatch(r"statements/(?:.*/)?([^/]*)\.txt|attachments/(.*)", name)
        if name not in there:
            problems[name] = "missing"
        elif name not in listed:
            problems[name] = "unlisted"
        elif hashed(name) != listed[name]:
            problems[name] = "changed"
        elif own and (own[1] or own[2]) != listed[name]:
            problems[name] = "misnamed"
    text = lambda name: (read(name) or b"").decode("utf-8", "replace")
    inside = [key_of(text(name)) for name in archive.names if re.fullmatch(r"keys/.*\.pem", name)]
    keys = inside if keys is None else keys
    signature = read("MANIFEST.sig") or b""
    by = lambda these: len(signature) == 64 and any(signed(key, manifest, signature) for key in these)
    seal = "holds" if by(keys) else "unknown_key" if by(inside) else "bad_signature"
    about = text("ARCHIVE.txt").split("\n")
    facts = dict(line.split(": ", 1) for line in about[1:] if ": " in line)
    if about[0] != "phong-truc-archive/1" or not {"incident", "rev", "digest"} <= set(facts):
        problems["ARCHIVE.txt"] = "unreadable"
    incident = facts.get("incident", "")
    names = [name for name in archive.names if re.fullmatch(r"checkpoints/\d+\.txt", name)]
    checkpoints, stamped = [], []
    for name in names:
        for one in checkpoints_of(text(name)):
            checkpoints.append(one)
            token = read(name[:-4] + ".tsr") or b""
            stamped.append(one is not None and hashlib.sha256(one.whole).digest() in token)
    log = read(f"log/{incident}.jsonl") or b""
    found = judge(log, head_of(text(f"log/{incident}.head")), checkpoints, stamped, keys, f"incidents/{incident}")
    if "ARCHIVE.txt" not in problems and (facts["rev"], facts["digest"]) != (str(found["lines"]), found["head"]):
        problems["ARCHIVE.txt"] = "other_head"
    problems = [{"file": name, "problem": problems[name]} for name in sorted(problems)]
    return {"files": len(there), "problems": problems, "seal": seal, "log": found}


WORDS = {
    "missing": "thiếu tệp", "unlisted": "không có trong MANIFEST", "changed": "nội dung đã bị thay đổi hoặc bị cắt",
    "misnamed": "tên không phải mã băm của nội dung", "unreadable": "không đúng dạng",
    "other_head": "ghi đầu nhật ký khác", "not_zip": "không phải tệp ZIP nguyên vẹn, có thể bị cắt ngắn",
}


def say(log):
    said = []
    span = f"dòng {log['from']}" if log["from"] == log["to"] else f"trong các dòng {log['from']}–{log['to']}"
    if log["verdict"] == "intact":
        said.append(f"Nguyên vẹn: {log['lines']} dòng, mã băm dòng cuối {log['head']}")
    elif log["verdict"] == "changed":
        said.append(f"KHÔNG NGUYÊN VẸN: có nội dung bị thay đổi: {span}")
    else:
        said.append(f"KHÔNG NGUYÊN VẸN: thiếu dòng {log['from']}–{log['to']}")
    if log["purged"]:
        said.append(f"Trong đó {log['purged']} dòng đã bị xóa bỏ nội dung, có biên bản trong nhật ký.")
    if log["sealed"]:
        stamp = "có dấu thời gian" if log["sealed"]["stamped"] else "chưa có dấu thời gian"
        said.append(f"Chắc chắn đến dòng {log['sealed']['rev']}: điểm chốt ký bằng khóa {log['sealed']['key'][:12]} lúc {log['sealed']['at']}, {stamp}.")
    else:
        said.append("Chưa có điểm chốt nào khớp với nhật ký này.")
    if log["tail"]:
        said.append(f"Không kết luận được về dòng {log['lines'] - log['tail'] + 1}–{log['lines']}: chưa có điểm chốt nào sau đó.")
    certain = log["lines"] - log["tail"]
    loose = ", ".join(str(n) for n in log["loose"] if n <= certain)
    if loose:
        said.append(f"Phần còn lại của dòng {loose} (đã xóa bỏ nội dung) chỉ dựa vào biên bản xóa bỏ ở phần đuôi.")
    for place, one in enumerate(log["checkpoints"], 1):
        if one["finding"] != "holds":
            said.append(f"Điểm chốt thứ {place} (dòng {one['rev']}): {one['finding']}.")
    return said


def untrusted(log):
    return any(one["finding"] in ("unknown_key", "bad_signature", "unreadable") for one in log["checkpoints"])


def cases():
    """Many logs in one process, a JSON value per line in and out; for tests."""
    for line in sys.stdin:
        case = json.loads(line)
        log = base64.b64decode(case["log"])
        checkpoints = checkpoints_of(case["checkpoints"])
        keys = [key_of(pem) for pem in case["keys"]]
        head = head_of(case["head"]) if case["head"] else None
        print(json.dumps(judge(log, head, checkpoints, [False] * len(checkpoints), keys, case["stream"])))
    return 0


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("path", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    ask.add_argument("--checkpoints", action="append", default=[])
    ask.add_argument("--key", action="append")
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--cases", action="store_true", help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.cases:
        return cases()
    read = lambda path: open(path, encoding="utf-8").read()
    try:
        keys = [key_of(read(path)) for path in given.key] if given.key else None
        if given.path.endswith(".jsonl"):
            checkpoints = [one for path in given.checkpoints for one in checkpoints_of(read(path))]
            head = given.path[: -len("jsonl")] + "head"
            head = head_of(read(head)) if os.path.exists(head) else None
            with open(given.path, "rb") as file:
                log = judge(file.read(), head, checkpoints, [False] * len(checkpoints), keys or [], None)
            found, said, wrong, doubtful = log, say(log), log["verdict"] != "intact", untrusted(log)
        else:
            try:
                archive = Folder(given.path) if os.path.isdir(given.path) else Zip(given.path)
            except zipfile.BadZipFile:
                found = {"files": 0, "problems": [{"file": os.path.basename(given.path), "problem": "not_zip"}]}
                found.update(seal=None, log=None)
            else:
                found = judge_archive(archive, keys)
            log, said = found["log"], [f"{one['file']}: {WORDS[one['problem']]}" for one in found["problems"]]
            wrong = bool(said) or log["verdict"] != "intact"
            doubtful = bool(log) and (found["seal"] != "holds" or untrusted(log))
            if log:
                seal = {"holds": "đúng", "unknown_key": "của khóa không được tin", "bad_signature": "SAI"}[found["seal"]]
                said += [f"{found['files']} tệp; chữ ký của MANIFEST: {seal}."] + say(log)
            if keys is None:
                said.append("Khóa lấy từ chính hồ sơ này: hãy đối chiếu mã khóa với một nguồn khác, hoặc dùng --key.")
    except (OSError, ValueError) as error:
        print(f"Không kiểm tra được: {error}", file=sys.stderr)
        return 2
    print(json.dumps(found, ensure_ascii=False) if given.json else "\n".join(said))
    return 1 if wrong else 3 if doubtful else 0


if __name__ == "__main__":
    sys.exit(main())
