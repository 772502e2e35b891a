# SPDX-License-Identifier: MIT
"""A web server on this machine with one picture, as an account's profile names it."""
import http.server
import subprocess
import threading

HILLS = "51325F"  # a colour that nothing else on the screen has


def draw():
    """A square PNG, hills before a setting sun; its numbers are shown as they are, without a space of colours of its own."""
    return subprocess.run(
        ["convert", "-size", "256x256", "gradient:#F28B7A-#F7C59F", "-fill", "#FFE090", "-draw", "circle 160,100 160,64",
         "-fill", f"#{HILLS}", "-draw", "polygon 0,200 80,90 150,190 190,140 256,210 256,256 0,256",
         "-define", "png:exclude-chunks=gAMA,cHRM", "png24:-"],
        check=True, capture_output=True).stdout


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802, the name that the library wants
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(self.server.picture)))
        self.end_headers()
        self.wfile.write(self.server.picture)

    def log_message(self, format, *args):  # noqa: A002
        pass


class Faces(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.picture = draw()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/face.png"
