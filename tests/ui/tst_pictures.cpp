// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "tests/support/HttpServer.h"
#include "tests/ui/SampleStand.h"
#include "ui/pictures/DecodedPicture.h"
#include "ui/pictures/PictureStore.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QtEndian>

using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

/// Red in its left half, blue in its right.
QImage halves(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QPainter painter(&image);
    painter.fillRect(QRect(width / 2, 0, width - width / 2, height), Qt::blue);
    return image;
}

QByteArray bytesOf(const QImage& image, const char* format)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format, 95))
        qFatal("no writer of %s", format);
    return buffer.data();
}

/// A JPEG of so many scans: its last one again and again.
QByteArray progressive(int scans)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "jpeg");
    writer.setProgressiveScanWrite(true);
    if (!writer.write(halves(64, 64)))
        qFatal("no writer of JPEG");
    QByteArray bytes = buffer.data();
    bytes.chop(2); // the mark of its end
    const QByteArray last = bytes.sliced(bytes.lastIndexOf("\xff\xda"));
    return bytes + last.repeated(scans - int(bytes.count("\xff\xda"))) + "\xff\xd9";
}

/// A sound GIF of one frame, 2 x 1, red and blue: nothing at hand writes one.
QByteArray gif()
{
    return QByteArray::fromHex("474946383961020001008000 00ff00000000ff2c00000000020001000002020406003b");
}

/// A PNG's head that says that its picture is so large.
QByteArray boastingPng(quint32 width, quint32 height)
{
    QByteArray png = bytesOf(halves(8, 8), "png");
    qToBigEndian(width, png.data() + 16);
    qToBigEndian(height, png.data() + 20);
    quint32 crc = 0xFFFFFFFF;
    for (qsizetype i = 12; i < 29; ++i) {
        crc ^= static_cast<unsigned char>(png.at(i));
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
    qToBigEndian(~crc, png.data() + 29);
    return png;
}

const QByteArray kSvg
    = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8' "
      "fill='red'/></svg>";

bool isRed(const QColor& colour)
{
    return colour.red() > 200 && colour.blue() < 60;
}

bool isBlue(const QColor& colour)
{
    return colour.blue() > 200 && colour.red() < 60;
}

} // namespace

class PicturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_store.reset();
        m_stand = std::make_unique<SampleStand>();
        m_stand->addSix();
        m_settings = std::make_unique<Settings>(m_stand->dir.filePath(u"hatstand.ini"_s));
        QVERIFY(m_settings->set(u"network.hosts"_s, u"127.0.0.1"_s));
        m_server = std::make_unique<HttpServer>();
        m_addresses.clear();
        makeStore();
    }
    void cleanup() { m_store.reset(); }

    void decodes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("format");
        for (const char* format : {"png", "jpeg", "webp"})
            QTest::newRow(format) << bytesOf(halves(64, 64), format) << QByteArray(format);
        QTest::newRow("gif") << gif() << QByteArray("gif");
        QTest::newRow("far wider than high") << bytesOf(halves(8192, 16), "png") << QByteArray("png");
        QTest::newRow("progressive") << progressive(10) << QByteArray("jpeg");
        QTest::newRow("of many scans") << progressive(64) << QByteArray("jpeg");
        QTest::newRow("large") << bytesOf(halves(3000, 2000), "jpeg") << QByteArray("jpeg");
    }
    void decodes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, format);
        QCOMPARE(pictureFormat(bytes), format);
        const auto image = decodedPicture(bytes);
        QVERIFY(image.has_value());
        QCOMPARE(image->width(), image->height());
        QVERIFY(image->width() <= kPictureSide);
        if (image->width() == 1)
            return; // the gif
        QVERIFY(isRed(image->pixelColor(1, image->height() / 2)));
        QVERIFY(isBlue(image->pixelColor(image->width() - 2, image->height() / 2)));
    }
    void takesThePictureTheRightWayUp()
    {
        // EXIF orientation 6: what lies on its side in the file stands
        QByteArray jpeg = bytesOf(halves(64, 64), "jpeg");
        jpeg.insert(2,
            QByteArray::fromHex("ffe1002245786966000049492a0008000000010012010300010000000600000000000000"));
        const auto image = decodedPicture(jpeg);
        QVERIFY(image.has_value());
        QVERIFY(isRed(image->pixelColor(32, 4)));
        QVERIFY(isBlue(image->pixelColor(32, 60)));
    }
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Why>("why");
        const QByteArray png = bytesOf(halves(64, 64), "png");
        QTest::newRow("nothing") << QByteArray() << Why::NotThisForm;
        QTest::newRow("SVG") << kSvg << Why::NotThisForm;
        QTest::newRow("SVG after white space") << "\n  " + kSvg << Why::NotThisForm;
        QTest::newRow("packed SVG") << QByteArray::fromHex("1f8b0800") + kSvg << Why::NotThisForm;
        QTest::newRow("BMP") << bytesOf(halves(8, 8), "bmp") << Why::NotThisForm;
        QTest::newRow("TIFF") << bytesOf(halves(8, 8), "tiff") << Why::NotThisForm;
        QTest::newRow("ICO") << bytesOf(halves(8, 8), "ico") << Why::NotThisForm;
        QTest::newRow("HTML") << QByteArray("<!doctype html><p>not here") << Why::NotThisForm;
        QTest::newRow("SVG that begins as a PNG") << png.first(8) + kSvg << Why::NotThisForm;
        QTest::newRow("a BMP that begins as a GIF")
            << "GIF89a" + bytesOf(halves(8, 8), "bmp") << Why::NotThisForm;
        QTest::newRow("PNG, cut off in its head") << png.first(20) << Why::NotThisForm;
        QTest::newRow("RIFF of sound") << QByteArray("RIFF\x10\0\0\0WAVEfmt ", 16) << Why::NotThisForm;
        QTest::newRow("RIFF, cut off") << QByteArray("RIFF\x10\0\0\0", 8) << Why::NotThisForm;
        QTest::newRow("a JPEG of endless scans") << progressive(65) << Why::TooLarge;
        QTest::newRow("too wide") << boastingPng(8193, 1) << Why::TooLarge;
        QTest::newRow("too high") << boastingPng(1, 8193) << Why::TooLarge;
        QTest::newRow("too many pixels") << boastingPng(8000, 8000) << Why::TooLarge;
        QTest::newRow("absurd") << boastingPng(0x7FFFFFFF, 0x7FFFFFFF) << Why::NotThisForm;
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Why, why);
        const auto image = decodedPicture(bytes);
        QVERIFY(!image.has_value());
        QCOMPARE(image.error().why, why);
    }

    void arrives()
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QSignalSpy arrived(m_store.get(), &PictureStore::arrived);
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(arrived[0][0].value<SessionId>(), m_mira);
        for (const int size : {16, 40, 80, 256}) {
            const QImage shown = m_store->picture(m_mira, size).toImage();
            QCOMPARE(shown.size(), QSize(size, size));
            QVERIFY(isRed(shown.pixelColor(1, size / 2)));
            QVERIFY(isBlue(shown.pixelColor(size - 2, size / 2)));
        }
        QCOMPARE(m_server->requests.size(), 1);
    }
    void onceForManyLooks()
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QSignalSpy arrived(m_store.get(), &PictureStore::arrived);
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_store->picture(m_mira, 20 + i).isNull());
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(m_server->requests.size(), 1);
    }
    void staysOnDisk()
    {
        serve("/a.jpg", bytesOf(halves(600, 400), "jpeg"), "image/jpeg");
        QVERIFY(waitForPicture());
        QTRY_COMPARE(files().size(), 1);
        const QFileInfo file(m_folder.filePath(files()[0]));
        QVERIFY(file.fileName().startsWith(m_mira.identity() + u'-'));
        QVERIFY(file.fileName().endsWith(".png"_L1));
        QCOMPARE(int(file.permissions() & ~QFile::Permissions(0x7000)), 0x0600);
        QCOMPARE(QImageReader(file.filePath()).size(), QSize(256, 256));
        QCOMPARE(QImageReader(file.filePath()).format(), QByteArray("png"));

        m_server->close(); // offline
        makeStore();
        QVERIFY(waitForPicture());
        QCOMPARE(m_server->requests.size(), 1);
    }
    void aDamagedFileIsFetchedAgain()
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(waitForPicture());
        QTRY_COMPARE(files().size(), 1);
        QFile file(m_folder.filePath(files()[0]));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kSvg);
        file.close();
        makeStore();
        QVERIFY(waitForPicture());
        QCOMPARE(m_server->requests.size(), 2);
    }

    void failures_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray png = bytesOf(halves(64, 64), "png");
        QTest::newRow("SVG as what it is") << ok(kSvg, "image/svg+xml");
        QTest::newRow("SVG as a PNG") << ok(kSvg, "image/png");
        QTest::newRow("PNG as SVG") << ok(png, "image/svg+xml");
        QTest::newRow("bomb") << ok(boastingPng(8000, 8000), "image/png");
        QTest::newRow("too large") << ok(png + QByteArray(3'000'000, 'x'), "image/png");
        QTest::newRow("cut off") << "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: "
                + QByteArray::number(png.size()) + "\r\n\r\n" + png.first(png.size() / 2);
        QTest::newRow("not there") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("elsewhere") << QByteArray(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/\r\nContent-Length: 0\r\n\r\n");
    }
    void failures() // blocks stay, and nobody is asked a second time
    {
        QFETCH(QByteArray, answer);
        m_server->answers["/a"] = answer;
        m_addresses[m_mira] = m_server->url(u"/a"_s).toString();
        serve("/good.png", bytesOf(halves(64, 64), "png"), "image/png", m_garden);
        QSignalSpy arrived(m_store.get(), &PictureStore::arrived);
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QTRY_COMPARE(m_server->disconnects, 1);
        QVERIFY(m_store->picture(m_garden, 40).isNull());
        QTRY_COMPARE(arrived.size(), 1); // the good one, alone
        QCOMPARE(arrived[0][0].value<SessionId>(), m_garden);
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QVERIFY(waitForIdle());
        QCOMPARE(m_server->requests.size(), 2);
        QTRY_COMPARE(files().size(), 1);
    }
    void addressesThatAreNotFetched_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("none") << QString();
        QTest::newRow("not named") << u"http://localhost:%1/a.png"_s;
        QTest::newRow("file") << u"file:///etc/passwd"_s;
        QTest::newRow("data") << u"data:image/png;base64,iVBORw0KGgo="_s;
        QTest::newRow("resource") << u"qrc:/hatstand/app.svg"_s;
        QTest::newRow("no address") << u"see my page"_s;
    }
    void addressesThatAreNotFetched()
    {
        QFETCH(QString, address);
        m_addresses[m_mira] = address.contains(u'%') ? address.arg(m_server->serverPort()) : address;
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        serve("/good.png", bytesOf(halves(64, 64), "png"), "image/png", m_garden);
        QSignalSpy arrived(m_store.get(), &PictureStore::arrived);
        QVERIFY(m_store->picture(m_garden, 40).isNull());
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(m_server->requests.size(), 1);
        QVERIFY(m_store->picture(m_mira, 40).isNull());
    }
    void onlyNostrHasPictures()
    {
        const SessionId gallery(SampleStand::gallery);
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png", gallery);
        QVERIFY(m_store->picture(gallery, 40).isNull());
        serve("/good.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(waitForPicture());
        QCOMPARE(m_server->requests.size(), 1);
    }

    void fourAtOnce()
    {
        for (int i = 1; i <= 6; ++i) {
            const SessionId id = m_stand->add(SampleStand::nostrId(i));
            m_addresses[id] = m_server->url(u"/silent%1"_s.arg(i)).toString();
            QVERIFY(m_store->picture(id, 40).isNull());
        }
        QTRY_COMPARE(m_server->requests.size(), 4);
        QVERIFY(m_server->requests.join().contains("/silent6")); // what was looked at last comes first
        m_addresses[SessionId(SampleStand::nostrId(6))].clear();
        m_store->lookAgain(SessionId(SampleStand::nostrId(6))); // not waited for any more
        QTRY_COMPARE(m_server->requests.size(), 5);
    }

    void theSharedPoolIsNotWaitedForNorHeldUp() // it opens keys
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        m_pool.setMaxThreadCount(1);
        QSemaphore isBusy;
        const auto begun = connect(m_server.get(), &QTcpServer::newConnection, m_server.get(),
            [&] { m_pool.start([&isBusy] { isBusy.acquire(); }); });
        const auto freed = qScopeGuard([&] {
            disconnect(begun);
            isBusy.release(100);
            m_pool.waitForDone();
            m_pool.setMaxThreadCount(QThread::idealThreadCount());
        });
        QVERIFY(waitForPicture());
    }

    void whatWentByIsNotAskedFor() // in a list that was scrolled through
    {
        for (int i = 1; i <= 200; ++i) {
            const SessionId id = m_stand->add(SampleStand::nostrId(i));
            serve("/a.png", bytesOf(halves(8, 8), "png"), "image/png", id);
            QVERIFY(m_store->picture(id, 40).isNull());
        }
        QTRY_VERIFY(m_store->isIdle());
        QCOMPARE(m_server->requests.size(), 64);
        QVERIFY(!m_store->picture(SessionId(SampleStand::nostrId(200)), 40).isNull());
        QVERIFY(m_store->picture(SessionId(SampleStand::nostrId(1)), 40).isNull());
        QTRY_COMPARE(m_server->requests.size(), 65); // seen again
    }

    void anotherAddress()
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(waitForPicture());
        QTRY_COMPARE(files().size(), 1);
        const QString before = files()[0];
        serve("/b.png", bytesOf(halves(64, 64).mirrored(true, false), "png"), "image/png");
        QSignalSpy arrived(m_store.get(), &PictureStore::arrived);
        m_store->lookAgain(m_mira);
        QCOMPARE(arrived.size(), 1);
        QVERIFY(m_store->picture(m_mira, 40).isNull()); // never one account's new name with its old face
        QVERIFY(waitForPicture());
        QVERIFY(isBlue(m_store->picture(m_mira, 40).toImage().pixelColor(1, 20)));
        QTRY_VERIFY((files() != QStringList{before} && files().size() == 1));
        m_store->lookAgain(m_mira); // nothing new
        QVERIFY(!m_store->picture(m_mira, 40).isNull());
    }
    void anotherAddressOnTheWay()
    {
        m_addresses[m_mira] = m_server->url(u"/silent"_s).toString();
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QTRY_COMPARE(m_server->requests.size(), 1);
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        m_store->lookAgain(m_mira);
        QVERIFY(waitForPicture());
    }

    void turnedOff()
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(waitForPicture());
        QTRY_COMPARE(files().size(), 1);
        QSignalSpy arrived(m_store.get(), &PictureStore::arrived);
        QVERIFY(m_settings->set(u"pictures.remote"_s, u"false"_s));
        QCOMPARE(arrived.size(), 1); // views are told
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QTRY_COMPARE(files().size(), 0);
        m_addresses[m_garden] = m_server->url(u"/a.png"_s).toString();
        QVERIFY(m_store->picture(m_garden, 40).isNull());
        QVERIFY(waitForIdle());
        QCOMPARE(m_server->requests.size(), 1);

        QVERIFY(m_settings->set(u"pictures.remote"_s, u"true"_s));
        QVERIFY(waitForPicture());
        QCOMPARE(m_server->requests.size(), 2);
    }
    void turnedOffWhileOneIsOnItsWay()
    {
        m_addresses[m_mira] = m_server->url(u"/silent"_s).toString();
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QTRY_COMPARE(m_server->requests.size(), 1);
        QVERIFY(m_settings->set(u"pictures.remote"_s, u"false"_s));
        QTRY_COMPARE(m_server->disconnects, 1);
    }
    void logout()
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        serve("/b.png", bytesOf(halves(64, 64), "png"), "image/png", m_garden);
        QVERIFY(waitForPicture());
        QVERIFY(waitForPicture(m_garden));
        QTRY_COMPARE(files().size(), 2);
        bool isOut = false;
        m_stand->sessions->logout(m_mira, {}, [&](const auto& done) { isOut = done.has_value(); });
        QTRY_VERIFY(isOut);
        QTRY_COMPARE(files().size(), 1);
        QVERIFY(files()[0].startsWith(m_garden.identity()));
    }
    void loggedOutElsewhere() // by the command line while this did not run
    {
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(waitForPicture());
        QTRY_COMPARE(files().size(), 1);
        m_store.reset();
        QVERIFY(QFile::copy(m_folder.filePath(m_folder.entryList(QDir::Files).value(0)),
            m_folder.filePath(QString(64, u'a') + "-0123456789abcdef.png"_L1)));
        makeStore();
        QTRY_COMPARE(files().size(), 1);
        QVERIFY(files()[0].startsWith(m_mira.identity()));
    }

    void anotherProxyTriesAgain()
    {
        QVERIFY(m_settings->set(u"network.proxy"_s, u"tor"_s)); // not understood: nothing goes out
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QVERIFY(waitForIdle());
        QVERIFY(m_server->requests.isEmpty());
        QVERIFY(m_settings->set(u"network.proxy"_s, QString()));
        QVERIFY(waitForPicture());
    }
    void aProxyIsToldApartFromNobody() // SOCKS5 with a user: each account's own, and not its key
    {
        QTcpServer proxy;
        QVERIFY(proxy.listen(QHostAddress::LocalHost));
        QByteArrayList said;
        connect(&proxy, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* socket = proxy.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [&said, socket] {
                const QByteArray bytes = socket->readAll();
                if (bytes.startsWith('\x05'))
                    socket->write("\x05\x02", 2); // user and password, please
                else if (bytes.startsWith('\x01'))
                    said += bytes;
            });
        });
        QVERIFY(m_settings->set(u"network.proxy"_s, u"socks5://127.0.0.1:%1"_s.arg(proxy.serverPort())));
        m_addresses[m_mira] = u"http://pictures.example.com/a.png"_s;
        m_addresses[m_garden] = u"http://pictures.example.com/b.png"_s;
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QVERIFY(m_store->picture(m_garden, 40).isNull());
        QTRY_COMPARE(said.size(), 2);
        QVERIFY(said[0] != said[1]);
        for (const QByteArray& words : said) {
            QVERIFY(!words.contains(m_mira.identity().toLatin1()));
            QVERIFY(!words.contains(m_garden.identity().toLatin1()));
        }
    }
    void theEnvironmentsProxyCounts()
    {
        qputenv("ALL_PROXY", "socks5://127.0.0.1:9");
        const auto reset = qScopeGuard([] { qunsetenv("ALL_PROXY"); });
        makeStore();
        serve("/a.png", bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QVERIFY(waitForIdle());
        QVERIFY(m_server->requests.isEmpty());
    }
    void aNetworkThatWasAwayIsTriedAgainLater()
    {
        m_server->answers["/a.png"] = "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n";
        m_addresses[m_mira] = m_server->url(u"/a.png"_s).toString();
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QTRY_COMPARE(m_server->disconnects, 1);
        QVERIFY(waitForIdle());
        m_server->answers["/a.png"] = ok(bytesOf(halves(64, 64), "png"), "image/png");
        QVERIFY(m_store->picture(m_mira, 40).isNull());
        QVERIFY(waitForIdle());
        QCOMPARE(m_server->requests.size(), 1);
        m_stand->clock.time = m_stand->clock.time.addSecs(qint64{31} * 60);
        QVERIFY(waitForPicture());
    }
    void aPrivateAccountsIsFetchedWhileItIsActive()
    {
        serve("/garden.png", bytesOf(halves(64, 64), "png"), "image/png", m_garden);
        QVERIFY(m_stand->sessions->setPrivate(m_garden, true));
        QVERIFY(m_store->picture(m_garden, 40).isNull());
        QVERIFY(waitForIdle());
        QVERIFY(m_server->requests.isEmpty());
        QVERIFY(m_stand->sessions->activate(m_garden));
        QVERIFY(waitForPicture(m_garden));
        QVERIFY(m_stand->sessions->activate(m_mira));
        makeStore(); // a later run has it on its disk
        QVERIFY(waitForPicture(m_garden));
        QCOMPARE(m_server->requests.size(), 1);
    }

private:
    void makeStore()
    {
        m_store.reset();
        m_folder.setPath(m_stand->dir.filePath(u"pictures"_s));
        m_store = std::make_unique<PictureStore>(
            PictureStore::Context{*m_stand->sessions, *m_settings, m_stand->clock, m_pool, m_folder.path(),
                [this](const SessionId& id) { return m_addresses.value(id); }});
    }
    void serve(const char* path, const QByteArray& bytes, const QByteArray& type, SessionId id = {})
    {
        m_server->answers[path] = ok(bytes, type);
        m_addresses[id.isEmpty() ? m_mira : id] = m_server->url(QString::fromLatin1(path)).toString();
    }
    bool waitForPicture(SessionId id = {})
    {
        if (id.isEmpty())
            id = m_mira;
        return QTest::qWaitFor([&] { return !m_store->picture(id, 40).isNull(); });
    }
    /// Whatever was begun for any account has ended: what is asked for after it has come.
    bool waitForIdle()
    {
        m_pool.waitForDone();
        return QTest::qWaitFor([this] { return m_store->isIdle(); });
    }
    [[nodiscard]] QStringList files()
    {
        m_folder.refresh();
        return m_folder.entryList(QDir::Files);
    }

    const SessionId m_mira{SampleStand::mira};
    const SessionId m_garden{SampleStand::garden};
    QThreadPool m_pool;
    QDir m_folder;
    std::unique_ptr<SampleStand> m_stand;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<HttpServer> m_server;
    QHash<SessionId, QString> m_addresses;
    std::unique_ptr<PictureStore> m_store;
};

QTEST_MAIN(PicturesTest)
#include "tst_pictures.moc"
