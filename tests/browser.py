"""Headless Chromium driven through its DevTools by a pipe, with nothing but Python's own library."""

import base64
import json
import os
import subprocess
import tempfile
import time


class Browser:
    """One window of Chromium. Keys and clicks are those of a keyboard and a mouse."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory(prefix="amgi-chromium-", ignore_cleanup_errors=True)
        (to_read, self.out), (self.into, to_write) = os.pipe(), os.pipe()
        # Chromium reads commands from 3 and writes answers to 4
        command = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"]
        self.process = subprocess.Popen(
            ["bash", "-c", command, program, *flags, f"--user-data-dir={self.profile.name}", "about:blank"],
            pass_fds=(to_read, to_write),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self.rest, self.count, self.session, self.events = b"", 0, None, []
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(target["targetId"] for target in targets if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                assert "error" not in answer, (method, answer)
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.rest:
            piece = os.read(self.into, 1 << 20)
            assert piece, "Chromium ended"
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def size(self, width, height, dark=False):
        mobile = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url=f"file://{path}")
        self.until("document.readyState === 'complete'")

    def js(self, code):
        result = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, (code, result["exceptionDetails"])
        return result["result"].get("value")

    def until(self, code):
        """Waits until something is true on the page."""
        end = time.monotonic() + 20
        while not self.js(code):
            assert time.monotonic() < end, f"it never became true that {code}"
            time.sleep(0.02)

    def settle(self):
        """Lets the page draw what it has to."""
        self.js("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))")

    def key(self, key, code=None, text=None):
        code = code or (f"Key{key.upper()}" if key.isalpha() and len(key) == 1 else key)
        number = {"Escape": 27, " ": 32, "Enter": 13}.get(key, ord(key[0].upper()))
        keys = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        text = key if text is None and len(key) == 1 else text
        self.call("Input.dispatchKeyEvent", type="keyDown", **keys, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **keys)
        self.settle()

    def write(self, text):
        self.call("Input.insertText", text=text)
        self.settle()

    def click(self, find):
        """Clicks in the middle of what an expression finds, which must be in sight there."""
        x, y, hit = self.js(
            f"(() => {{ const e = {find}; e.scrollIntoView({{block: 'nearest'}}); const r = e.getBoundingClientRect();"
            "const x = r.x + r.width / 2, y = r.y + Math.min(r.height / 2, 30), t = document.elementFromPoint(x, y);"
            "return [x, y, e === t || e.contains(t)]; })()"
        )
        assert hit, f"something else is where {find} should be"
        for kind in "mousePressed", "mouseReleased":
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.settle()

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def named(self, method):
        """What happened of one kind since the page was opened."""
        self.js("0")
        return [event["params"] for event in self.events if event.get("method") == method]

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
