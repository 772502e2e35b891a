// SPDX-License-Identifier: MIT
// A signing request that comes as a link, or as a picture of a QR code.
#include "app/Desktop.h"
#include "core/antelope/EsrRequest.h"
#include "tests/ui/ChainStand.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/QrPicture.h"
#include "tests/ui/WindowStand.h"
#include "ui/dialogs/OpenRequestDialog.h"
#include "ui/pictures/DecodedPicture.h"
#include "ui/pictures/QrReader.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/WindowDialogs.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using antelope::EsrRequest;
using antelope::Name;
using ui::OpenRequestDialog;

namespace {

/// Of version 3, by "shop".
QString identity(const QString& callback = u"https://shop.example/answer"_s)
{
    EsrRequest request;
    request.what = EsrRequest::What::Identity;
    request.scope = *Name::parse(u"shop"_s);
    request.callback = callback;
    return request.encode();
}

QString transfers(int count)
{
    EsrRequest request;
    request.chainId = antelope::chainOfAlias(1);
    request.what = EsrRequest::What::Actions;
    antelope::Action action;
    action.account = *Name::parse(u"eosio.token"_s);
    action.name = *Name::parse(u"transfer"_s);
    action.authorization
        = {{Name::fromValue(antelope::kSignerActor), Name::fromValue(antelope::kSignerPermission)}};
    action.data = "some";
    request.actions = QList<antelope::Action>(count, action);
    return request.encode();
}

/// What a camera makes of it: light that falls off, noise everywhere, not straight, not sharp.
QImage photoOf(const QImage& code, qreal degrees)
{
    QImage photo(1400, 1050, QImage::Format_RGB32);
    {
        QPainter painter(&photo);
        QLinearGradient light(0, 0, photo.width(), photo.height());
        light.setColorAt(0, QColor(150, 120, 90));
        light.setColorAt(1, QColor(60, 80, 70));
        painter.fillRect(photo.rect(), light);
        for (int i = 0; i < 40; ++i)
            painter.fillRect(
                (i * 137) % 1400, (i * 211) % 1050, 70, 40, QColor::fromHsv(i * 9, 120, 40 + i * 4));
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.translate(760, 500);
        painter.rotate(degrees);
        painter.drawImage(QRectF(-230, -230, 460, 460), code);
    }
    QRandomGenerator random(7);
    for (int y = 0; y < photo.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(photo.scanLine(y));
        for (int x = 0; x < photo.width(); ++x) {
            const auto noisy = [&](int value) { return qBound(0, value * 3 / 4 + random.bounded(40), 255); };
            line[x] = qRgb(noisy(qRed(line[x])), noisy(qGreen(line[x])), noisy(qBlue(line[x])));
        }
    }
    return photo;
}

/// Corner marks of QR codes, as many as there is room for.
QImage fullOfMarks(int side)
{
    QImage picture(side, side, QImage::Format_Grayscale8);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int ring = qMax(qAbs(x % 16 / 2 - 3), qAbs(y % 16 / 2 - 3));
            picture.scanLine(y)[x] = ring == 3 || ring <= 1 ? 0 : 255;
        }
    }
    return picture;
}

void copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}
void copyPicture(const QImage& picture)
{
    auto* data = new QMimeData;
    data->setData(u"image/png"_s, pngOf(picture));
    QGuiApplication::clipboard()->setMimeData(data);
}

void drop(QWidget* on, QMimeData* data)
{
    const QPointF place(10, 10);
    QDragEnterEvent enter(place.toPoint(), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(on, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event(place, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(on, &event);
}

struct Open
{
    Open()
        : dialog(new OpenRequestDialog)
        , spy(dialog, &OpenRequestDialog::requestOpened)
    {
        dialog->open();
    }
    ~Open() { delete dialog; }
    [[nodiscard]] QLineEdit* link() const { return findField(dialog, u"Link"_s); }
    [[nodiscard]] bool canContinue() const { return findButton(dialog, u"Continue"_s)->isEnabled(); }
    /// The request that Continue gives; empty: none.
    [[nodiscard]] QString given()
    {
        return press(dialog, u"Continue"_s) && spy.size() == 1 ? spy.first().first().toString() : QString();
    }

    QPointer<OpenRequestDialog> dialog;
    QSignalSpy spy;
};

} // namespace

class TestOpenRequest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->clear(); }

    void aCodeIsRead_data()
    {
        QTest::addColumn<QImage>("picture");
        const QString text = identity();
        for (const int pixels : {1, 2, 3, 5, 8, 20})
            QTest::addRow("%d pixels", pixels) << qrPicture(text, pixels);
        const QImage code = qrPicture(text, 5);
        for (const int degrees : {90, 180, 270})
            QTest::addRow("turned by %d", degrees) << code.transformed(QTransform().rotate(degrees));
        QImage inverted = code;
        inverted.invertPixels();
        QTest::newRow("white on black") << inverted;
        QImage transparent = code.convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < transparent.height(); ++y) {
            for (int x = 0; x < transparent.width(); ++x) {
                if (transparent.pixelColor(x, y) == Qt::white)
                    transparent.setPixelColor(x, y, Qt::transparent);
            }
        }
        QTest::newRow("on nothing") << transparent;
        QTest::newRow("photo") << photoOf(code, 0);
        QTest::newRow("photo, not straight") << photoOf(code, 17);
        QImage page(9000, 400, QImage::Format_RGB32); // too long to be looked at as it is
        page.fill(Qt::white);
        QPainter(&page).drawImage(100, 20, code);
        QTest::newRow("long") << page;
    }
    void aCodeIsRead()
    {
        QFETCH(QImage, picture);
        const auto read = ui::readQr(picture);
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
        QCOMPARE(*read, identity());
    }

    void whereThereIsNoneIsSaid_data()
    {
        QTest::addColumn<QImage>("picture");
        QTest::newRow("nothing") << QImage();
        QImage white(400, 300, QImage::Format_RGB32);
        white.fill(Qt::white);
        QTest::newRow("white") << white;
        QTest::newRow("one pixel") << white.copy(0, 0, 1, 1);
        QTest::newRow("noise") << photoOf(white, 0);
        QImage torn = qrPicture(identity(), 5);
        QPainter(&torn).fillRect(torn.rect().adjusted(50, 50, -50, -50), Qt::white);
        QTest::newRow("torn") << torn;
    }
    void whereThereIsNoneIsSaid()
    {
        QFETCH(QImage, picture);
        const auto read = ui::readQr(picture);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidInput);
        QCOMPARE(read.error().why, Why::NoCode);
    }

    /// It would take longer than anybody lives.
    void aPictureThatTakesForEverIsGivenUp()
    {
        const auto read = ui::readQr(fullOfMarks(1500), 200ms);
        QVERIFY(!read);
        QCOMPARE(read.error().why, Why::NoCode);
        const std::atomic<bool> stop = true;
        const auto stopped = ui::readQr(fullOfMarks(1500), 1h, &stop);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    }

    void onlyPicturesOfKnownKindsAreDecoded()
    {
        const QImage code = qrPicture(identity(), 3);
        QCOMPARE(ui::wholePicture(pngOf(code)).value().size(), code.size());
        for (const QByteArray& bytes : {QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                 QByteArray("BM"), QByteArray(), pngOf(code).left(40)})
            QCOMPARE(ui::wholePicture(bytes).error().why, Why::NotThisForm);
        QByteArray large = pngOf(QImage(8193, 1, QImage::Format_Mono));
        QCOMPARE(ui::wholePicture(large).error().why, Why::TooLarge);
    }

    void aLinkOnTheClipboardIsTakenByItself()
    {
        copy(u"  "_s + identity() + u'\n');
        Open open;
        QCOMPARE(open.link()->text(), identity());
        QVERIFY(says(open.dialog, u"An identity request of shop."_s));
        QCOMPARE(open.given(), identity());
        QTRY_VERIFY(!open.dialog);
    }

    void nothingElseOnTheClipboardIsLookedAt()
    {
        for (const QString& text : {u"nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"_s,
                 u"https://shop.example"_s, u"a note"_s}) {
            copy(text);
            Open open;
            QCOMPARE(open.link()->text(), QString());
            QVERIFY(!open.canContinue());
            QVERIFY(!says(open.dialog, u"This is no signing request"_s));
            QVERIFY(press(open.dialog, u"From clipboard"_s)); // then it is said, and not shown
            QVERIFY(says(open.dialog, u"This is no signing request: "_s));
            QVERIFY(!says(open.dialog, text));
            QCOMPARE(open.link()->text(), QString());
            QVERIFY(!open.canContinue());
            QCOMPARE(QGuiApplication::clipboard()->text(), text);
        }
    }

    void aBadLinkIsRefused_data()
    {
        QTest::addColumn<QString>("link");
        QTest::newRow("no link") << u"hello"_s;
        QTest::newRow("another") << u"https://shop.example"_s;
        QTest::newRow("empty") << u"esr://"_s;
        QTest::newRow("cut short") << identity().chopped(12);
        QTest::newRow("of a later version") << u"esr://BAAA"_s;
        QTest::newRow("too long") << u"esr://"_s + QString(antelope::kLongestRequest, u'A');
        QTest::newRow("answer into a file") << identity(u"file:///etc/passwd"_s);
    }
    void aBadLinkIsRefused()
    {
        QFETCH(QString, link);
        Open open;
        QVERIFY(type(open.dialog, u"Link"_s, identity()));
        QVERIFY(open.canContinue());
        QVERIFY(type(open.dialog, u"Link"_s, link));
        QVERIFY(!open.canContinue());
        QTRY_VERIFY(says(open.dialog, u"This is no signing request: "_s));
        QTest::keyClick(open.link(), Qt::Key_Return);
        QCOMPARE(open.spy.size(), 0);
        QVERIFY(open.dialog->isVisible());
    }

    void whatIsAskedIsSaid()
    {
        Open open;
        QVERIFY(type(open.dialog, u"Link"_s, transfers(1)));
        QTRY_VERIFY(says(open.dialog, u"A transaction of one action."_s));
        QVERIFY(type(open.dialog, u"Link"_s, transfers(2)));
        QTRY_VERIFY(says(open.dialog, u"A transaction of 2 actions."_s));
        QTest::keyClick(open.link(), Qt::Key_Return);
        QCOMPARE(open.spy.size(), 1);
        QCOMPARE(open.spy.first().first().toString(), transfers(2));
        QTRY_VERIFY(!open.dialog);
    }

    void cancelGivesNothing()
    {
        copy(identity());
        Open open;
        QVERIFY(press(open.dialog, u"Cancel"_s));
        QTRY_VERIFY(!open.dialog);
        QCOMPARE(open.spy.size(), 0);
    }

    void aPictureOnTheClipboardIsRead()
    {
        Open open;
        copyPicture(qrPicture(transfers(2), 4));
        QVERIFY(press(open.dialog, u"From clipboard"_s));
        QVERIFY(!open.canContinue()); // not yet
        QTRY_COMPARE_WITH_TIMEOUT(open.link()->text(), transfers(2), 20'000);
        QVERIFY(says(open.dialog, u"A transaction of 2 actions."_s));
        copyPicture(qrPicture(u"nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"_s, 4));
        QVERIFY(press(open.dialog, u"From clipboard"_s));
        QTRY_VERIFY_WITH_TIMEOUT(says(open.dialog, u"This is no signing request: "_s), 20'000);
        QCOMPARE(open.link()->text(), QString());
        QVERIFY(!open.canContinue());
    }

    void aPictureWithoutACodeIsRefused()
    {
        copy(identity());
        Open open;
        QVERIFY(open.canContinue());
        QImage white(300, 300, QImage::Format_RGB32);
        white.fill(Qt::white);
        copyPicture(white);
        QVERIFY(press(open.dialog, u"From clipboard"_s));
        QVERIFY(!open.canContinue()); // what was there before is not meant any more
        QTRY_VERIFY_WITH_TIMEOUT(says(open.dialog, u"No QR code can be read in this picture."_s), 20'000);
        QVERIFY(!open.canContinue());
    }

    void aFileIsChosen()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"code.png"_s);
        QVERIFY(qrPicture(identity(), 4).save(file));
        Open open;
        QVERIFY(press(open.dialog, u"From picture…"_s));
        QVERIFY(chooseFile(open.dialog, file));
        QTRY_COMPARE_WITH_TIMEOUT(open.link()->text(), identity(), 20'000);
        QCOMPARE(open.given(), identity());
    }

    void filesPicturesAndLinksCanBeDropped()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"code.png"_s);
        QVERIFY(qrPicture(identity(), 4).save(file));
        QFile other(dir.filePath(u"other.png"_s));
        QVERIFY(other.open(QFile::WriteOnly) && other.write("no picture") > 0);
        other.close();
        Open open;
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(file)});
        drop(open.dialog, &files);
        QTRY_COMPARE_WITH_TIMEOUT(open.link()->text(), identity(), 20'000);
        for (const QString& path : {other.fileName(), dir.path(), dir.filePath(u"none.png"_s)}) {
            files.setUrls({QUrl::fromLocalFile(path)});
            drop(open.dialog, &files);
            QTRY_VERIFY_WITH_TIMEOUT(says(open.dialog, u"This is no picture that can be read."_s), 20'000);
            QVERIFY(!open.canContinue());
        }
        QMimeData link; // as browsers give it
        link.setUrls({QUrl(transfers(2))});
        link.setText(transfers(2));
        drop(open.dialog, &link);
        QCOMPARE(open.link()->text(), transfers(2)); // letter by letter
        QMimeData far;
        far.setUrls({QUrl(u"https://shop.example/code.png"_s)});
        drop(open.dialog, &far); // nothing is fetched
        QVERIFY(says(open.dialog, u"This is no signing request: "_s));
        QVERIFY(!open.canContinue());
    }

    void whatIsTypedMeanwhileCounts()
    {
        Open open;
        copyPicture(fullOfMarks(1500));
        QVERIFY(press(open.dialog, u"From clipboard"_s));
        QVERIFY(says(open.dialog, u"Reading the picture…"_s));
        QVERIFY(type(open.dialog, u"Link"_s, identity()));
        QVERIFY(open.canContinue());
        QTRY_VERIFY(says(open.dialog, u"An identity request of shop."_s));
        copyPicture(qrPicture(transfers(2), 4)); // does not wait for the other
        QVERIFY(press(open.dialog, u"From clipboard"_s));
        QTRY_COMPARE_WITH_TIMEOUT(open.link()->text(), transfers(2), 20'000);
        copyPicture(fullOfMarks(1500));
        QVERIFY(press(open.dialog, u"From clipboard"_s));
        QVERIFY(press(open.dialog, u"Cancel"_s)); // nor does this
        QTRY_VERIFY(!open.dialog);
    }

    void theWindowOpensItByItsKeyAndMenu()
    {
        WindowStand stand;
        ui::MainWindow window(stand.context);
        const ui::WindowDialogs dialogs(stand.context, window);
        QSignalSpy opened(&window, &ui::MainWindow::requestOpened);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        copy(identity());
        QTest::keyClick(&window, Qt::Key_O, Qt::ControlModifier);
        QTRY_VERIFY(qobject_cast<OpenRequestDialog*>(dialogs.opened()));
        QTest::keyClick(dialogs.opened(), Qt::Key_O, Qt::ControlModifier); // one is enough
        QVERIFY(press(dialogs.opened(), u"Continue"_s));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toString(), identity());
        QCOMPARE(dialogs.opened(), nullptr);
    }

    /// What "hatstand esr:…" does: without an account the person is told that there is none.
    void theDesktopTakesItUp()
    {
        WindowStand stand;
        ChainStand chain(*stand.sessions, stand.signer, stand.settings, stand.clock);
        app::Services services{*stand.sessions, stand.signer, stand.accounts, stand.slot, stand.setup,
            stand.settings, chain.registry, chain.registry.chains(), chain.client, chain.accounts,
            chain.requests, stand.random, stand.clock, stand.pool,
            [](std::chrono::milliseconds, const std::function<void()>& then) { then(); }};
        app::Desktop desktop(*qApp, services);
        services.person = &desktop; // comes later than the desktop
        QVERIFY(desktop.showWindow());
        const auto widgets = QApplication::topLevelWidgets();
        ui::MainWindow* window = nullptr;
        for (QWidget* widget : widgets)
            window = window ? window : qobject_cast<ui::MainWindow*>(widget);
        QVERIFY(window);
        copy(identity());
        Q_EMIT window->openRequestRequested();
        auto* dialog = window->findChild<OpenRequestDialog*>();
        QVERIFY(dialog && press(dialog, u"Continue"_s));
        QPointer<QMessageBox> told;
        const auto isTold = [&told] {
            const auto all = QApplication::topLevelWidgets();
            for (QWidget* widget : all) {
                if (auto* box = qobject_cast<QMessageBox*>(widget))
                    told = box;
            }
            return told != nullptr;
        };
        QTRY_VERIFY(isTold());
        QVERIFY(!told->text().isEmpty());
        delete told;
    }
};

QTEST_MAIN(TestOpenRequest)
#include "tst_open_request.moc"
