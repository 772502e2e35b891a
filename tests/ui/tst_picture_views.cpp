// SPDX-License-Identifier: MIT
// Accounts' pictures in window, switcher and tray menu, and how few are asked for.
#include "tests/support/HttpServer.h"
#include "tests/ui/Faces.h"
#include "tests/ui/WindowStand.h"
#include "ui/models/LockCommand.h"
#include "ui/models/RowAvatar.h"
#include "ui/pictures/PictureStore.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/tray/TrayMenu.h"
#include "ui/windows/AccountCombo.h"
#include "ui/windows/DetailHeader.h"
#include "ui/windows/MainWindow.h"

#include <QListView>
#include <QTest>

using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

const QColor kFace(0, 255, 0);

int facesIn(const QImage& image)
{
    return pixelsOf(kFace, image);
}

/// As it looks once nothing changes any more.
QImage atRest(QWidget& window)
{
    QImage last;
    const auto isSame = [&] {
        QImage now = window.grab().toImage();
        return std::exchange(last, now) == now;
    };
    return QTest::qWaitFor(isSame) ? last : QImage();
}

/// A window's stand with pictures: those of the accounts that were given an address.
struct Stand : WindowStand
{
    Stand()
        : store({*sessions, settings, clock, pool, dir.filePath(u"pictures"_s),
            [this](const SessionId& id) { return addresses.value(id); }})
    {
        if (!settings.set(u"network.hosts"_s, u"127.0.0.1"_s))
            qFatal("no settings");
        model->setPictures(store);
        server.answers["/face.png"] = ok(facePng(kFace), "image/png");
    }
    void give(const SessionId& id, const QString& path = u"/face.png"_s)
    {
        addresses[id] = server.url(path).toString();
        store.lookAgain(id);
    }

    HttpServer server;
    QHash<SessionId, QString> addresses;
    PictureStore store;
};

} // namespace

class TestPictureViews : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyViewShowsIt()
    {
        Stand stand;
        stand.addSix();
        MainWindow window(stand.context);
        window.show();
        LockCommand lock(stand.slot, stand.settings);
        TrayMenu menu(*stand.sessions, *stand.model, lock);
        const auto* list = window.findChild<QListView*>(u"accounts"_s);
        const auto listed = [&] { return facesIn(list->viewport()->grab().toImage()); };
        const auto inCombo = [&] { return facesIn(window.findChild<AccountCombo*>()->grab().toImage()); };
        const auto inHeader = [&] { return facesIn(window.findChild<DetailHeader*>()->grab().toImage()); };
        const auto inMenu = [&] {
            return menu.actions().isEmpty()
                ? 0
                : facesIn(menu.actions().constFirst()->icon().pixmap(QSize(24, 24), 1.0).toImage());
        };
        QCOMPARE(listed() + inCombo() + inHeader() + inMenu(), 0);
        const QRect before = list->visualRect(list->model()->index(1, 0));

        stand.give(stand.sessions->active());
        // Most of each circle: 32 of 40 px across, 20 of 24, 64 of 72, less what the badge covers.
        QTRY_VERIFY(listed() > 550);
        QTRY_VERIFY(inCombo() > 200);
        QTRY_VERIFY(inHeader() > 2200);
        QTRY_VERIFY(inMenu() > 200);
        QCOMPARE(list->visualRect(list->model()->index(1, 0)), before); // nothing moved
        QCOMPARE(stand.server.requests.size(), 1);

        SwitcherWindow switcher(stand.context);
        switcher.setAttribute(Qt::WA_DeleteOnClose, false);
        switcher.showAt();
        QVERIFY(facesIn(switcher.grab().toImage()) > 350); // at once: 24 of 32 px across
    }

    void aFailureLeavesTheBlocks()
    {
        Stand stand;
        stand.addSix();
        MainWindow window(stand.context);
        window.show();
        const QImage blocks = atRest(window);
        stand.server.answers["/gone.png"] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        stand.give(SessionId(SampleStand::lumen), u"/gone.png"_s);
        QTRY_COMPARE(stand.server.requests.size(), 1);
        QTRY_VERIFY(stand.store.isIdle());
        QTRY_COMPARE(window.grab().toImage(), blocks);
        QCOMPARE(stand.server.requests.size(), 1);
    }

    void turnedOffThereAreNone()
    {
        Stand stand;
        stand.addSix();
        MainWindow window(stand.context);
        window.show();
        stand.give(stand.sessions->active());
        QTRY_VERIFY(facesIn(window.grab().toImage()) > 3000);
        QVERIFY(stand.settings.set(u"pictures.remote"_s, u"false"_s));
        QTRY_COMPARE(facesIn(window.grab().toImage()), 0);
    }

    void onlyWhatIsSeenIsAskedFor() // of a thousand
    {
        Stand stand;
        for (int i = 1; i <= 1000; ++i) {
            const SessionId id
                = stand.add(SampleStand::nostrId(i), {}, session::SignerKind::WatchOnly, false);
            stand.addresses[id] = stand.server.url(u"/face.png"_s).toString();
        }
        MainWindow window(stand.context);
        window.show();
        auto* list = window.findChild<QListView*>(u"accounts"_s);
        const auto visible = [&] {
            int rows = 0;
            for (int row = 0; row < list->model()->rowCount(); ++row)
                rows += list->visualRect(list->model()->index(row, 0)).intersects(list->viewport()->rect());
            return rows;
        };
        QTRY_VERIFY(facesIn(list->viewport()->grab().toImage()) > 550 * (visible() - 2));
        QTRY_VERIFY(stand.store.isIdle());
        QVERIFY(visible() < 20);
        const qsizetype atFirst = stand.server.requests.size();
        QVERIFY(atFirst <= visible() + 1); // and the one that is shown at the right
        list->scrollToBottom();
        QTRY_VERIFY(facesIn(list->viewport()->grab().toImage()) > 550 * (visible() - 2));
        QTRY_VERIFY(stand.store.isIdle());
        QVERIFY(stand.server.requests.size() <= atFirst + visible());
    }
};

QTEST_MAIN(TestPictureViews)
#include "tst_picture_views.moc"
