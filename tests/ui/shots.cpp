// SPDX-License-Identifier: MIT
// Draws the window as it is, without a display: `tst shots DIR` leaves PNGs to look at beside the look's
// pictures.
#include "core/accounts/ChainAccountFile.h"
#include "core/chain/ChainRegistry.h"
#include "tests/ui/AccountSeed.h"
#include "tests/ui/LocalRelay.h"
#include "tests/ui/WindowStand.h"
#include "ui/theme/Avatar.h"
#include "ui/windows/MainWindow.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QListView>
#include <QPixmap>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

void shoot(QWidget& window, const QString& file)
{
    window.show();
    // What is scheduled for later is painted too: until two looks in a row, with all events between them, are
    // equal.
    QImage last;
    const bool rests = QTest::qWaitFor([&] {
        QImage now = window.grab().toImage();
        const bool same = now == last;
        last = std::move(now);
        return same;
    });
    if (!rests)
        qFatal("the window does not come to rest");
    if (!last.save(file))
        qFatal("can't write %s", qPrintable(file));
}

void shootTheme(const QDir& dir, const QString& theme)
{
    test::WindowStand stand;
    if (!stand.settings.set(u"ui.theme"_s, theme))
        qFatal("no settings");
    stand.themes.apply();
    ui::MainWindow empty(stand.context);
    shoot(empty, dir.filePath(u"empty-%1.png"_s.arg(theme)));
    empty.hide();
    stand.addSix();
    ui::MainWindow window(stand.context);
    shoot(window, dir.filePath(u"window-%1.png"_s.arg(theme)));
    if (!stand.sessions->markExported(session::SessionId(test::SampleStand::gallery)))
        qFatal("not exported");
    stand.vault->drop(test::SampleStand::treasury);
    stand.sessions->refreshStates();
    auto* list = window.findChild<QListView*>(u"accounts"_s);
    list->setCurrentIndex(list->model()->index(2, 0));
    shoot(window, dir.filePath(u"window-other-%1.png"_s.arg(theme)));
    list->edit(list->currentIndex());
    shoot(window, dir.filePath(u"window-rename-%1.png"_s.arg(theme)));
    list->setFocus();
    const auto boxes = window.findChildren<QComboBox*>();
    for (QComboBox* box : boxes) {
        box->showPopup();
        shoot(*box->view()->window(), dir.filePath(u"popup-%1-%2.png"_s.arg(boxes.indexOf(box)).arg(theme)));
        box->hidePopup();
    }
    window.resize(960, 640);
    shoot(window, dir.filePath(u"window-960-%1.png"_s.arg(theme)));
    window.resize(720, 480);
    shoot(window, dir.filePath(u"window-720-%1.png"_s.arg(theme)));
    window.resize(1200, 800);
    (void)stand.settings.set(u"signing.stopped"_s, u"true"_s);
    shoot(window, dir.filePath(u"window-stopped-%1.png"_s.arg(theme)));
    window.resize(720, 480);
    shoot(window, dir.filePath(u"window-stopped-720-%1.png"_s.arg(theme)));
    (void)stand.settings.set(u"signing.stopped"_s, u"false"_s);
    window.resize(1200, 800);
    stand.vault->setTakesPassphrase(true);
    stand.vault->setState(secrets::VaultState::Locked);
    shoot(window, dir.filePath(u"window-locked-%1.png"_s.arg(theme)));
    window.hide();
    const QColor ink = QApplication::palette().color(QPalette::WindowText);
    for (const auto& [state, name] :
        {std::pair(ui::HatState::Locked, u"locked"_s), std::pair(ui::HatState::Stopped, u"stopped"_s)}) {
        for (const int size : {16, 22, 96})
            ui::hatIcon(state, ink)
                .pixmap(size)
                .save(dir.filePath(u"tray-%1-%2-%3.png"_s.arg(name).arg(size).arg(theme)));
    }
}

accounts::AccountSummary known()
{
    accounts::AccountSummary summary;
    summary.isKnown = true;
    summary.profile.name = u"mira"_s;
    summary.profile.displayName = u"Mira Okafor"_s;
    summary.profile.about = u"Printmaker. Slow mornings, loud colours.\n\nNew prints every Friday."_s;
    summary.profile.nip05 = u"mira@okafor.example"_s;
    summary.profile.lud16 = u"mira@pay.example"_s;
    summary.nip05 = accounts::Nip05State::Verified;
    summary.follows = 412;
    summary.mutes = 18;
    summary.refreshedAt = QDateTime(QDate(2026, 6, 13), QTime(8, 42), Qt::UTC);
    return summary;
}

accounts::AccountSummary crowded()
{
    accounts::AccountSummary summary = known();
    summary.profile.displayName
        = u"Mira Okafor, printmaker and keeper of the gallery by the harbour "_s.repeated(4);
    summary.profile.name = QString(300, u'm');
    summary.profile.about = QString(3'000, u'a') + u"\nline"_s.repeated(20);
    summary.profile.nip05 = u"a-very-long-name-for-an-address@a-very-long-domain.of-somebody.example"_s;
    summary.profile.lud16 = QString(200, u'l');
    summary.nip05 = accounts::Nip05State::Refuted;
    summary.follows = 12'004;
    summary.followsBefore = 49'871;
    summary.hasUnreadMutes = true;
    return summary;
}

/// What is known of accounts, little and much, and one while it is loaded for the first time.
void shootAccounts(const QDir& dir, const QString& theme)
{
    test::WindowStand stand;
    if (!stand.settings.set(u"ui.theme"_s, theme))
        qFatal("no settings");
    stand.themes.apply();
    test::AccountSeed seed(stand.dir.filePath(u"accounts.db"_s));
    seed.summary(test::SampleStand::mira, known());
    seed.summary(test::SampleStand::lumen, crowded());
    test::LocalRelay relay;
    relay.isSlow = true;
    if (!stand.settings.set(u"network.hosts"_s, u"127.0.0.1"_s)
        || !stand.settings.set(u"nostr.indexers"_s, relay.url()))
        qFatal("no settings");
    QByteArray relays = "[";
    for (int i = 1; i <= 9; ++i) // those on port 1 are not there
        relays += QByteArray(i == 1 ? "" : ",") + "[\"r\",\""
            + (i % 3 == 0 ? QByteArray("ws://127.0.0.1:1") : relay.url().toLatin1()) + "/"
            + QByteArray::number(i) + (i == 4 ? "\",\"read\"]" : "\"]");
    relay.keep(nostr::test::wire(nostr::kRelaysKind, relays + ']').json);
    relay.keep(nostr::test::wire(nostr::kFollowsKind, test::AccountSeed::people(3)).json);
    stand.addSix();
    const session::SessionId unreached = stand.add(test::AccountSeed::id(), u"Harbour"_s);
    stand.accounts.load();
    ui::MainWindow window(stand.context);
    for (const auto& [id, name] : {std::pair(session::SessionId(test::SampleStand::mira), u"known"_s),
             std::pair(session::SessionId(test::SampleStand::lumen), u"crowded"_s),
             std::pair(session::SessionId(test::SampleStand::garden), u"unknown"_s)}) {
        if (!stand.sessions->activate(id))
            qFatal("a switch fails");
        window.resize(1200, 1280);
        shoot(window, dir.filePath(u"account-%1-%2.png"_s.arg(name, theme)));
        window.resize(1200, 800);
        shoot(window, dir.filePath(u"account-%1-800-%2.png"_s.arg(name, theme)));
        window.resize(960, 1280);
        shoot(window, dir.filePath(u"account-%1-960-%2.png"_s.arg(name, theme)));
    }
    if (!stand.sessions->activate(unreached))
        qFatal("a switch fails");
    window.resize(1200, 1280);
    bool isOver = false;
    stand.accounts.refresh(unreached, [&isOver](const Result<void>&) { isOver = true; });
    if (!QTest::qWaitFor([&] { return stand.accounts.summary(unreached).isRefreshing; }))
        qFatal("no refresh");
    QCoreApplication::processEvents();
    window.grab().save(dir.filePath(u"account-loading-%1.png"_s.arg(theme)));
    relay.wake();
    if (!QTest::qWaitFor([&isOver] { return isOver; }, 60'000))
        qFatal("the refresh does not end");
    shoot(window, dir.filePath(u"account-relays-%1.png"_s.arg(theme)));
}

accounts::ChainSummary knownOnChain(const QDateTime& now)
{
    const QString own = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s; // SampleStand's
    const QString other = u"PUB_K1_5hpVpnpMcVELRUKyMf6trpbCUKsdiFBJZWrBa9fAvQTpqTBEHp"_s;
    accounts::ChainSummary summary;
    summary.isKnown = true;
    summary.refreshedAt = now.addSecs(-150);
    summary.account = {.name = u"miragallery2"_s,
        .balance = u"140.25000000 WAX"_s,
        .cpu = {.used = 1250, .available = 35'000},
        .net = {.used = 95'000, .available = 100'000},
        .ram = {.used = 4000, .available = 10'000},
        .permissions = {{.name = u"active"_s,
                            .parent = u"owner"_s,
                            .threshold = 2,
                            .keys = {{own, 2}, {other, 1}},
                            .accounts = {{u"lumenpressdo@active"_s, 1}},
                            .hasWaits = true},
            {.name = u"owner"_s, .parent = {}, .keys = {{other, 1}}},
            {.name = u"market"_s, .parent = u"active"_s, .keys = {{other, 1}}}}};
    return summary;
}

/// Of accounts on chains: one that all is known of, one whose key is not taken any more, and one of which
/// nothing is.
void shootChains(const QDir& dir, const QString& theme)
{
    test::WindowStand stand;
    if (!stand.settings.set(u"ui.theme"_s, theme))
        qFatal("no settings");
    stand.themes.apply();
    stand.addSix();
    const session::SessionId gallery(test::SampleStand::gallery);
    const session::SessionId treasury(test::SampleStand::treasury);
    accounts::ChainSummary gone = knownOnChain(stand.clock.now().addSecs(-8000));
    gone.account.name = u"lumenpressdo"_s;
    gone.account.balance = u"12.5000 A"_s;
    gone.account.ram = {.used = 4000, .available = -1};
    gone.account.permissions.first().keys.removeFirst();
    const QString unknown = test::SampleStand::treasury.left(QStringView(u"antelope:").size() + 64) + u":"_s;
    const session::SessionId newer = stand.add(unknown + u"gm@owner"_s, u"Not asked yet"_s);
    const QString file = stand.dir.filePath(u"chain-accounts.json"_s);
    if (!accounts::ChainAccountFile(file).write(
            {{gallery, knownOnChain(stand.clock.now())}, {treasury, gone}}))
        qFatal("no cache");
    chain::ChainRegistry registry(stand.dir.filePath(u"chains.json"_s));
    chain::ChainClient client(registry.chains(), stand.clock); // asked nothing here
    accounts::ChainAccounts chains(*stand.sessions, client, registry, stand.settings, stand.clock, file);
    chains.load();
    stand.context.chainAccounts = &chains;
    ui::MainWindow window(stand.context);
    for (const auto& [id, name] :
        {std::pair(gallery, u"known"_s), std::pair(treasury, u"gone"_s), std::pair(newer, u"unknown"_s)}) {
        if (!stand.sessions->activate(id))
            qFatal("a switch fails");
        window.resize(1200, 1280);
        shoot(window, dir.filePath(u"chain-%1-%2.png"_s.arg(name, theme)));
        window.resize(960, 1280);
        shoot(window, dir.filePath(u"chain-%1-960-%2.png"_s.arg(name, theme)));
    }
}

} // namespace

int main(int argc, char** argv)
{
    qunsetenv("ALL_PROXY"); // the one relay that is asked is on this machine
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2)
        qFatal("usage: shots DIR [FONT [POINTS]]");
    app.setFont(QFont(arguments.value(2, u"sans"_s), arguments.value(3, u"10"_s).toInt()));
    QDir dir(arguments.at(1));
    if (!dir.mkpath(u"."_s))
        qFatal("can't make the directory");
    for (const QString& theme : {u"light"_s, u"dark"_s}) {
        shootTheme(dir, theme);
        shootAccounts(dir, theme);
        shootChains(dir, theme);
    }
    return 0;
}
