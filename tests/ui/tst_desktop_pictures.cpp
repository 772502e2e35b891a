// SPDX-License-Identifier: MIT
// The desktop as the program makes it: from what the directory knows of an account to its face on the screen.
#include "app/Desktop.h"
#include "core/antelope/Chains.h"
#include "tests/support/HttpServer.h"
#include "tests/ui/AccountSeed.h"
#include "tests/ui/ChainStand.h"
#include "tests/ui/Faces.h"
#include "tests/ui/WindowStand.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/windows/MainWindow.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

const QColor kFace(0, 255, 0);
const QColor kOther(255, 0, 255);

struct Seen : WindowStand
{
    Seen()
        : seed(dir.filePath(u"accounts.db"_s))
        , id(AccountSeed::id())
    {
        if (!settings.set(u"network.hosts"_s, u"127.0.0.1"_s))
            qFatal("no settings");
        server.answers["/face.png"] = ok(facePng(kFace), "image/png");
        server.answers["/other.png"] = ok(facePng(kOther), "image/png");
        add(id.text(), u"Seeded"_s);
        add(mira, u"Mira Okafor"_s, session::SignerKind::LocalKey, false);
        desktop = std::make_unique<app::Desktop>(*qApp, services);
    }
    /// A relay told of a new profile.
    void names(const QString& path, qint64 at)
    {
        nostr::Profile profile;
        profile.picture = server.url(path).toString();
        seed.profile(profile, at);
        accounts.load();
        Q_EMIT accounts.changed(id);
    }
    template <class Window>
    [[nodiscard]] int seen(const QColor& colour) const
    {
        const auto widgets = QApplication::topLevelWidgets();
        for (QWidget* widget : widgets) {
            if (auto* found = qobject_cast<Window*>(widget); found && found->isVisible())
                return pixelsOf(colour, found->grab().toImage());
        }
        return -1;
    }
    [[nodiscard]] QStringList files() const { return QDir(services.pictureFolder).entryList(QDir::Files); }

    HttpServer server;
    AccountSeed seed;
    SessionId id;
    test::ChainStand chain{*sessions, signer, settings, clock};
    app::Services services{*sessions, signer, accounts, slot, setup, settings, chain.registry,
        chain.registry.chains(), chain.client, chain.accounts, chain.requests, random, clock, pool,
        [](std::chrono::milliseconds, const std::function<void()>& then) { then(); }, QString(), nullptr,
        dir.filePath(u"pictures"_s)};
    std::unique_ptr<app::Desktop> desktop;
};

} // namespace

class TestDesktopPictures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWindowShowsWhatTheProfileNames()
    {
        Seen seen;
        QVERIFY(seen.desktop->showWindow());
        QCOMPARE(seen.seen<ui::MainWindow>(kFace), 0);
        seen.names(u"/face.png"_s, 1700000000);
        QTRY_VERIFY(seen.seen<ui::MainWindow>(kFace) > 3000); // row, combobox and detail
        QTRY_COMPARE(seen.files().size(), 1);
        seen.names(u"/other.png"_s, 1700000100);
        QTRY_VERIFY(seen.seen<ui::MainWindow>(kOther) > 3000);
        QCOMPARE(seen.seen<ui::MainWindow>(kFace), 0);
        QCOMPARE(seen.server.requests.size(), 2);
    }

    void theSwitcherNeedsNoWindow()
    {
        Seen seen;
        seen.names(u"/face.png"_s, 1700000000);
        QVERIFY(seen.desktop->showSwitcher());
        QTRY_VERIFY(seen.seen<ui::SwitcherWindow>(kFace) > 350);
    }

    void switchedOffNothingGoesOut()
    {
        Seen seen;
        QVERIFY(seen.settings.set(u"pictures.remote"_s, u"false"_s));
        QVERIFY(seen.desktop->showWindow());
        seen.names(u"/face.png"_s, 1700000000);
        QVERIFY(seen.settings.set(u"pictures.remote"_s, u"true"_s)); // something to wait for
        QTRY_VERIFY(seen.seen<ui::MainWindow>(kFace) > 3000);
        QCOMPARE(seen.server.requests.size(), 1);
        QTRY_COMPARE(seen.files().size(), 1);
        QVERIFY(seen.settings.set(u"pictures.remote"_s, u"false"_s));
        QTRY_COMPARE(seen.seen<ui::MainWindow>(kFace), 0);
        QTRY_VERIFY(seen.files().isEmpty());
    }

    void loggingOutTakesTheFileAway()
    {
        Seen seen;
        QVERIFY(seen.desktop->showWindow());
        seen.names(u"/face.png"_s, 1700000000);
        QTRY_COMPARE(seen.files().size(), 1);
        bool isOut = false;
        seen.sessions->logout(seen.id, {}, [&](const Result<void>& done) { isOut = done.has_value(); });
        QTRY_VERIFY(isOut);
        QTRY_VERIFY(seen.files().isEmpty());
        QTRY_COMPARE(seen.seen<ui::MainWindow>(kFace), 0);
    }
};

QTEST_MAIN(TestDesktopPictures)
#include "tst_desktop_pictures.moc"
