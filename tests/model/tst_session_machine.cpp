// SPDX-License-Identifier: MIT
// 10,000 random commands in one go, and more from other seeds, against a plain model of the rules: restarted
// after each hundred, killed now and then.
#include "tests/support/Stand.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>
#include <algorithm>

using namespace hatstand;
using namespace hatstand::session;
using namespace Qt::Literals::StringLiterals;
using test::Stand;

namespace {

constexpr int kIdentities = 12;

/// The rules with nothing to hold them up: lists and maps.
struct Model
{
    struct Account
    {
        QString id;
        QString label;
        SignerKind signer = SignerKind::WatchOnly;
        quint64 activation = 0;
        bool exported = false;
        qint64 place = 0;
        friend bool operator==(const Account&, const Account&) = default;
    };
    QList<Account> accounts; // own order
    QMap<QString, Account> resting;
    quint64 counter = 0;
    bool nobody = false;

    friend bool operator==(const Model&, const Model&) = default;

    Account* find(const QString& id)
    {
        const auto at = std::find_if(
            accounts.begin(), accounts.end(), [&](const Account& other) { return other.id == id; });
        return at == accounts.end() ? nullptr : &*at;
    }
    [[nodiscard]] QString highest(const QString& prefix) const
    {
        const Account* best = nullptr;
        for (const Account& account : accounts) {
            if (account.id.startsWith(prefix) && account.activation > (best ? best->activation : 0))
                best = &account;
        }
        return best ? best->id : QString();
    }
    [[nodiscard]] QString active() const { return nobody ? QString() : highest({}); }
    [[nodiscard]] QStringList vaultKeys() const
    {
        QStringList keys;
        for (const Account& account : accounts) {
            if (account.signer != SignerKind::WatchOnly)
                keys += account.id;
        }
        for (const Account& account : resting)
            keys += u"trash:"_s + account.id;
        keys.sort();
        return keys;
    }

    void activate(const QString& id)
    {
        if (active() == id)
            return;
        if (Account* account = find(id)) {
            account->activation = ++counter;
            nobody = false;
        }
    }
    void add(const QString& id, SignerKind signer, bool activates)
    {
        if (Account* there = find(id)) {
            if (signer != SignerKind::WatchOnly)
                there->signer = signer;
            return;
        }
        qint64 place = 1; // behind all, and never the place of one that may come back
        for (const Account& other : std::as_const(accounts))
            place = std::max(place, other.place + 1);
        for (const Account& other : std::as_const(resting))
            place = std::max(place, other.place + 1);
        accounts += Account{id, {}, signer, 0, false, place};
        if (activates) {
            accounts.last().activation = ++counter;
            nobody = false;
        }
    }
    void logout(const QString& id, bool forget)
    {
        const Account* account = find(id);
        if (!account)
            return;
        if (account->signer != SignerKind::WatchOnly && !account->exported && !forget)
            resting.insert(id, *account);
        if (forget && account->signer != SignerKind::WatchOnly)
            resting.remove(id);
        accounts.removeIf([&](const Account& other) { return other.id == id; });
    }
    void untrash(const QString& id)
    {
        Account* there = find(id);
        if (!resting.contains(id) || (there && there->signer != SignerKind::WatchOnly))
            return;
        Account back = resting.take(id);
        if (there) {
            back.activation = there->activation;
            back.place = there->place;
            if (!there->label.isEmpty())
                back.label = there->label;
            *there = back;
            return;
        }
        back.activation = 0;
        const auto at = std::upper_bound(accounts.begin(), accounts.end(), back.place,
            [](qint64 place, const Account& other) { return place < other.place; });
        accounts.insert(at, back);
    }
    void move(const QString& id, qsizetype position)
    {
        const Account* account = find(id);
        if (!account)
            return;
        const qsizetype from = account - accounts.constData();
        const qsizetype to = std::clamp(position, qsizetype(1), accounts.size()) - 1;
        QList<qint64> places;
        for (const Account& other : std::as_const(accounts))
            places += other.place;
        accounts.move(from, to);
        for (qsizetype i = 0; i < accounts.size(); ++i)
            accounts[i].place = places.at(i);
    }
};

QString identity(int number)
{
    static const QStringList networks{u"nostr:"_s, u"antelope:ac:"_s, u"antelope:10:"_s};
    const QString network = networks.at(number % networks.size());
    return network + (network == "nostr:"_L1 ? QString::number(number) : u"actor%1@active"_s.arg(number));
}

/// What the session core says, in the model's terms.
Model seen(Stand& stand, const Model& expected)
{
    Model model;
    const SessionManager& sessions = stand.sessions();
    const auto account = [](const Session& session) {
        return Model::Account{session.id.text(), session.label.isEmpty() ? QString() : session.label,
            session.signer, session.activation, session.exportedAt.isValid(), session.place};
    };
    for (const Session& session : sessions.sessions())
        model.accounts += account(session);
    for (const RestingSession& resting : sessions.resting())
        model.resting.insert(resting.session.id.text(), account(resting.session));
    model.counter = expected.counter; // not to be seen but by the next activation
    model.nobody = expected.nobody;
    return model;
}

QString differences(const Model& expected, const Model& found)
{
    const auto one = [](const Model::Account& account) {
        return u"%1[%2 %3 #%4 %5 @%6] "_s.arg(account.id, account.label)
            .arg(int(account.signer))
            .arg(account.activation)
            .arg(account.exported)
            .arg(account.place);
    };
    const auto text = [&](const Model& model) {
        QString all;
        for (const Model::Account& account : model.accounts)
            all += one(account);
        all += u"| rests: "_s;
        for (const Model::Account& account : model.resting)
            all += one(account);
        return all;
    };
    return u"\nexpected "_s + text(expected) + u"\nfound    "_s + text(found);
}

} // namespace

class TestSessionMachine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void random_data();
    void random();
};

void TestSessionMachine::random_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("commands");
    const auto row = [](quint32 seed, int commands) {
        QTest::addRow("seed %u, %d commands", seed, commands) << seed << commands;
    };
    row(1, 2'000);
    row(7, 2'000);
    row(20260503, 10'000);
}

void TestSessionMachine::random()
{
    QFETCH(quint32, seed);
    QFETCH(int, commands);
    QRandomGenerator random(seed);
    Stand stand;
    Model model;
    int kills = 0;
    int refusals = 0;

    const auto check = [&](const QString& after) {
        const Model found = seen(stand, model);
        bool same = found == model && stand.active() == model.active()
            && stand.vault.storedKeys() == model.vaultKeys();
        for (const QString& network : {u"nostr"_s, u"antelope:ac"_s, u"antelope:10"_s}) {
            const QString isDefault = stand.sessions().defaultOf(network).text();
            if (isDefault == model.highest(network))
                continue;
            qWarning() << "default of" << network << "expected" << model.highest(network) << "found"
                       << isDefault;
            same = false;
        }
        if (!same) {
            qWarning().noquote() << "after" << after << differences(model, found) << "\nactive"
                                 << model.active() << stand.active() << "\nvault" << model.vaultKeys()
                                 << stand.vault.storedKeys();
        }
        return same;
    };

    for (int i = 0; i < commands; ++i) {
        const QString id = identity(random.bounded(kIdentities));
        const int die = random.bounded(100);
        QString what;
        Model after = model;
        std::function<void(Callback<void>)> command; // one that touches the vault
        if (die < 30) {
            const auto signer = static_cast<SignerKind>(
                std::array{0, 1, 3}.at(static_cast<std::size_t>(random.bounded(3))));
            const bool activates = random.bounded(4) != 0;
            what = u"add "_s + id;
            after.add(id, signer, activates);
            command = [&stand, id, signer, activates](const Callback<void>& done) {
                NewSession account = Stand::account(id, signer);
                account.activate = activates;
                stand.sessions().add(std::move(account),
                    [done](const Result<Added>& added) { done(added.map([](const Added&) {})); });
            };
        } else if (die < 50) {
            const bool forget = random.bounded(2) == 0;
            what = u"logout "_s + id;
            after.logout(id, forget);
            command = [&stand, id, forget](Callback<void> done) {
                stand.sessions().logout(SessionId(id), {forget}, std::move(done));
            };
        } else if (die < 51) {
            what = u"logout all"_s;
            for (const auto& account : QList<Model::Account>(model.accounts))
                after.logout(account.id, false);
            command = [&stand](Callback<void> done) { stand.sessions().logoutAll({}, std::move(done)); };
        } else if (die < 60) {
            what = u"untrash "_s + id;
            after.untrash(id);
            command = [&stand, id](
                          Callback<void> done) { stand.sessions().untrash(SessionId(id), std::move(done)); };
        } else if (die < 80) {
            what = u"switch "_s + id;
            after.activate(id);
            (void)stand.sessions().activate(SessionId(id));
        } else if (die < 83) {
            what = u"switch to nobody"_s;
            after.nobody = true;
            QVERIFY(stand.sessions().activateNobody());
        } else if (die < 88) {
            const QString label = u"Label %1"_s.arg(random.bounded(1000));
            what = u"rename "_s + id;
            if (auto* account = after.find(id))
                account->label = label;
            (void)stand.sessions().rename(SessionId(id), label);
        } else if (die < 94) {
            const qsizetype position = random.bounded(kIdentities + 2);
            what = u"move %1 to %2"_s.arg(id).arg(position);
            after.move(id, position);
            (void)stand.sessions().move(SessionId(id), position);
        } else {
            what = u"exported "_s + id;
            if (auto* account = after.find(id))
                account->exported = true;
            (void)stand.sessions().markExported(SessionId(id));
        }

        if (!command) {
            model = after;
        } else if (const int fate = random.bounded(10); fate == 0) { // killed at some step
            what += u", killed"_s;
            ++kills;
            stand.vault.hold();
            command([](const Result<void>&) {});
            for (int steps = random.bounded(6); steps > 0 && stand.vault.held() > 0; --steps)
                stand.vault.releaseOne();
            stand.kill();
            stand.vault.release();
            stand.settle();
            Model found = seen(stand, after);
            // All or nothing, except that of all accounts some may be through and the others follow at the
            // start.
            if (found != after || stand.active() != after.active()) {
                after = model;
                found = seen(stand, model);
                QVERIFY2(found == model, qPrintable(what + differences(model, found)));
            }
            model = after;
        } else if (fate == 1) { // the vault refuses once
            what += u", refused"_s;
            const ErrorCode fault = random.bounded(2) ? ErrorCode::KeychainDenied : ErrorCode::Locked;
            stand.vault.failAlways = fault;
            std::optional<Result<void>> answer;
            command([&](Result<void> result) { answer = result; });
            stand.vault.failAlways.reset();
            QVERIFY(answer);
            if (*answer) {
                model = after; // nothing of it needed the vault
            } else {
                ++refusals;
                // Log out all goes through account by account: those without a secret are gone.
                if (what.startsWith(u"logout all"_s)) {
                    for (const auto& account : QList<Model::Account>(model.accounts)) {
                        if (account.signer == SignerKind::WatchOnly)
                            model.logout(account.id, true);
                    }
                }
            }
        } else {
            std::optional<Result<void>> answer;
            command([&](Result<void> result) { answer = result; });
            QVERIFY2(answer, qPrintable(what));
            model = after;
        }
        QVERIFY2(check(what), qPrintable(u"step %1"_s.arg(i)));
        if (i % 100 == 99) {
            stand.restart();
            QVERIFY2(check(u"restart after "_s + what), qPrintable(u"step %1"_s.arg(i)));
        }
    }
    QVERIFY(kills > commands / 50 && refusals > commands / 80);
}

QTEST_GUILESS_MAIN(TestSessionMachine)
#include "tst_session_machine.moc"
