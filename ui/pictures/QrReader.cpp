// SPDX-License-Identifier: MIT
#include "ui/pictures/QrReader.h"

#include "core/base/Descriptor.h"

#include <QDeadlineTimer>
#include <QPainter>
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

// ZXing tries every three of the corner marks that it finds, so that a small picture full of them takes
// hours, and nothing can tell it to stop. A thread can't be ended; a process can. Whatever else goes wrong in
// there with a stranger's picture stays in there as well.

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kLongestSide = 8192;
constexpr qint64 kMostPixels = 32'000'000;
constexpr int kSmallSide = 300; ///< below it a module may be a single pixel
constexpr int kEnlarged = 4;
constexpr qsizetype kLongestText = qsizetype{64} * 1024; ///< bytes
constexpr std::chrono::milliseconds kBetweenLooks{50}; ///< at whether to stop

/// Of a size that is looked at, on white where it is transparent, as brightness.
QImage grayOf(const QImage& picture)
{
    if (picture.isNull())
        return {};
    QImage image = picture;
    const qreal pixels = qreal(image.width()) * image.height();
    const int side = std::max(image.width(), image.height());
    const qreal scale = std::min({1.0, qreal(kLongestSide) / side, std::sqrt(qreal(kMostPixels) / pixels)});
    if (scale < 1) {
        const QSize size(static_cast<int>(image.width() * scale), static_cast<int>(image.height() * scale));
        image = image.scaled(size.expandedTo({1, 1}), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    } else if (side < kSmallSide) {
        image = image.scaled(image.size() * kEnlarged);
    }
    if (image.hasAlphaChannel()) {
        QImage ground(image.size(), QImage::Format_RGB32);
        ground.fill(Qt::white);
        image.setDevicePixelRatio(1);
        QPainter(&ground).drawImage(0, 0, image);
        image = ground;
    }
    return image.convertToFormat(QImage::Format_Grayscale8);
}

std::string textIn(const QImage& gray)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setMaxNumberOfSymbols(1);
    const ZXing::ImageView view(gray.constBits(), gray.width(), gray.height(), ZXing::ImageFormat::Lum,
        static_cast<int>(gray.bytesPerLine()));
    const ZXing::Result found = ZXing::ReadBarcode(view, hints);
    return found.isValid() ? found.text() : std::string();
}

/// The child: reads, writes what it read, and is gone. seconds: of processor time, should nobody end it.
[[noreturn]] void readAndLeave(QImage& gray, const Descriptor& answer, rlim_t seconds)
{
    const rlimit time{seconds, seconds};
    const rlimit noCore{0, 0};
    ::setrlimit(RLIMIT_CPU, &time);
    ::setrlimit(RLIMIT_CORE, &noCore);
    try { // whatever the library throws, it may not climb into the program that is copied here
        std::string text = textIn(gray);
        if (text.empty()) {
            gray.invertPixels();
            text = textIn(gray);
        }
        static_cast<void>(answer.write({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
    } catch (const std::exception&) {
        ::_exit(1);
    }
    ::_exit(0);
}

bool isStopped(const std::atomic<bool>* stop)
{
    return stop && stop->load();
}

/// Until the other end is closed, the time is over, it is too much, or nobody wants it any more.
QByteArray readUntil(int fd, QDeadlineTimer deadline, const std::atomic<bool>* stop)
{
    QByteArray all;
    char part[4096];
    while (all.size() <= kLongestText && !deadline.hasExpired() && !isStopped(stop)) {
        pollfd waiting{fd, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(kBetweenLooks.count())) <= 0)
            continue;
        const ssize_t got = ::read(fd, part, sizeof part);
        if (got == 0)
            return all;
        if (got > 0)
            all.append(part, got);
        else if (errno != EINTR)
            break;
    }
    return all.size() > kLongestText ? all : QByteArray();
}

} // namespace

Result<QString> readQr(const QImage& picture, std::chrono::milliseconds limit, const std::atomic<bool>* stop)
{
    QImage gray = grayOf(picture);
    if (gray.isNull())
        return refuse(Why::NoCode);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorCode::Failed, u"no pipe"_s);
    const Descriptor here(ends[0]);
    Descriptor there(ends[1]);
    gray.bits(); // its own, so that the child copies nothing
    const auto seconds = static_cast<rlim_t>(limit.count() / 1000 + 1);
    const pid_t child = ::fork();
    if (child == 0)
        readAndLeave(gray, there, seconds);
    there = Descriptor();
    if (child < 0)
        return fail(ErrorCode::Failed, u"no process to read a picture in"_s);
    const QByteArray text = readUntil(here.get(), QDeadlineTimer(limit), stop);
    ::kill(child, SIGKILL); // mostly gone already, and not yet waited for, so it is still that one
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
    if (isStopped(stop))
        return fail(ErrorCode::Cancelled);
    if (text.size() > kLongestText)
        return refuse(Why::TooLarge, {}, text.size(), kLongestText);
    if (text.isEmpty())
        return refuse(Why::NoCode);
    return QString::fromUtf8(text);
}

} // namespace hatstand::ui
