// SPDX-License-Identifier: MIT
#include "app/Display.h"

#include <QByteArray>
#include <QList>
#include <algorithm>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <xcb/xcb.h>

namespace hatstand::app {
namespace {

bool answersX11()
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        return false;
    xcb_connection_t* connection = xcb_connect(nullptr, nullptr);
    const bool answers = xcb_connection_has_error(connection) == 0;
    xcb_disconnect(connection); // also frees one that failed
    return answers;
}

bool answersWayland()
{
    const QByteArray name = qgetenv("WAYLAND_DISPLAY");
    if (name.isEmpty())
        return false;
    const QByteArray path = name.startsWith('/') ? name : qgetenv("XDG_RUNTIME_DIR") + '/' + name;
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (std::size_t(path.size()) >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool answers
        = fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (fd >= 0)
        ::close(fd);
    return answers;
}

bool answers(const QByteArray& platform)
{
    if (platform.startsWith("xcb"))
        return answersX11();
    return platform.startsWith("wayland") ? answersWayland() : true;
}

} // namespace

bool hasDisplay()
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        return answersX11() || answersWayland();
    const QList<QByteArray> platforms = qgetenv("QT_QPA_PLATFORM").split(';'); // tried one after another
    return std::any_of(platforms.begin(), platforms.end(), answers);
}

} // namespace hatstand::app
