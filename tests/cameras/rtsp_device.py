"""A real RTSP server (GStreamer), started with the Python that has its bindings.

Prints two ports: without a login, and with a digest login.  Paths: /h264 /h265 /slow (a key frame
every 3 s) /grey (flat mid grey, as a decoder shows what never came).
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402 - after its versions

SIZE = "video/x-raw,format=I420,width=320,height=240,framerate=10/1"
H264 = "x264enc tune=zerolatency speed-preset=ultrafast key-int-max={key} bitrate=800"
H265 = "x265enc tune=zerolatency speed-preset=ultrafast key-int-max={key} bitrate=800"
PATHS = {
    "/h264": f"videotestsrc is-live=true ! {SIZE} ! {H264.format(key=5)} ! rtph264pay name=pay0",
    "/h265": f"videotestsrc is-live=true ! {SIZE} ! {H265.format(key=5)} ! h265parse "
    "! rtph265pay name=pay0",
    "/slow": f"videotestsrc is-live=true ! {SIZE} ! {H264.format(key=30)} ! rtph264pay name=pay0",
    "/grey": "videotestsrc is-live=true pattern=solid-color foreground-color=0xff808080 "
    f"! {SIZE} ! {H264.format(key=5)} ! rtph264pay name=pay0",
}


def serve(user: str, password: str) -> GstRtspServer.RTSPServer:
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    if user:
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "user")
        auth.add_digest(user, password, token)
        server.set_auth(auth)
    for path, pipeline in PATHS.items():
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {pipeline} pt=96 )")
        factory.set_shared(True)
        if user:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_role("user")
            permissions.add_permission_for_role("user", "media.factory.access", True)
            permissions.add_permission_for_role("user", "media.factory.construct", True)
            factory.set_permissions(permissions)
        server.get_mount_points().add_factory(path, factory)
    server.attach(None)
    return server


Gst.init(None)
open_server = serve("", "")
closed_server = serve(sys.argv[1], sys.argv[2])
sys.stdout.write(f"{open_server.get_bound_port()} {closed_server.get_bound_port()}\n")
sys.stdout.flush()
GLib.MainLoop().run()
