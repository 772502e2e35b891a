// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <sys/stat.h>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// The command line on a passphrase vault: no bus, no display, no terminal.
class TestCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingWithoutABus();
    void sessionsAsJson();
    void filtersNarrow();
    void outcomesOfAccountsThatCantServe();
    void withoutADisplay();
    void defaultsAndNobody();
    void logoutRestsAndComesBack();
    void logoutRemovesThePicture();
    void emptyTextNamesNobody();
    void removedForGood();
    void encryptedKeysStayEncrypted();
    void aPassphraseLineServesOnePurpose();
    void exportsCountAsExported();
    void vaultChoiceIsMadeOnce();
    void aVaultMayBeChosenBeforeItIsNeeded();
    void wrongPassphrase();
    void settings();
    void helpAndVersion();
    void filesArePrivate();
    void outputThatCannotBeWrittenIsAnError();
    void aDisplayThatDoesNotAnswerIsNone_data();
    void aDisplayThatDoesNotAnswerIsNone();
    void startsThatFailSaySoInJson();
};

namespace {

constexpr char kNsec1[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
constexpr char kNpub1[] = "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d";
constexpr char kId1[] = "nostr:79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
constexpr char kWif[] = "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu";
constexpr char kWaxId[]
    = "antelope:1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4:mira@active";
constexpr char kNcryptsec[] = "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57ls"
                              "pw8gsq6yphnm8623nsl8xn9j4jdz"
                              "z84zm3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";

const QByteArray kVault = QByteArray(Program::kPassphrase) + '\n';

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QJsonObject object(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray errorCode(const Outcome& outcome)
{
    return outcome.err.mid(outcome.err.lastIndexOf('(') + 1).chopped(2);
}

#define FAILS(outcome, code, name)                                                                           \
    do {                                                                                                     \
        const Outcome failed = (outcome);                                                                    \
        QCOMPARE(failed.exit, code);                                                                         \
        QCOMPARE(errorCode(failed), QByteArray(name));                                                       \
        QVERIFY(failed.err.startsWith("hatstand: "));                                                        \
    } while (false)

} // namespace

void TestCli::everythingWithoutABus()
{
    Program hatstand;
    FAILS(hatstand.run(words("current")), 3, "no-active");
    FAILS(hatstand.run(words("add nostr --generate")), 4, "keychain-unavailable");
    FAILS(hatstand.run(words("add nostr --generate --vault passphrase")), 4, "passphrase-required");
    const QString generated = hatstand.addGenerated({u"--label"_s, u"Gallery"_s});
    QVERIFY(generated.startsWith("nostr:"_L1) && generated.size() == 70);
    QCOMPARE(hatstand.run(words("current")).line(), generated);

    const Outcome added = hatstand.run(
        words("add nostr --nsec-stdin --label Mira"), QByteArray(" ") + kNsec1 + " \n", kVault);
    QCOMPARE(added.exit, 0);
    QCOMPARE(added.line(), QString::fromLatin1(kId1));
    const Outcome antelope = hatstand.run(
        words("add antelope --chain WAX --account mira@active --key-stdin --offline --no-activate"), kWif,
        kVault);
    QCOMPARE(antelope.exit, 0);
    QCOMPARE(antelope.line(), QString::fromLatin1(kWaxId));
    QCOMPARE(hatstand.run(words("current")).line(), QString::fromLatin1(kId1));

    for (const char* name :
        {kId1, kNpub1, "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", "Mira"})
        QCOMPARE(object(hatstand.run({u"show"_s, QString::fromLatin1(name), u"--json"_s}).out)
                     .value("id"_L1)
                     .toString(),
            QString::fromLatin1(kId1));
    QCOMPARE(hatstand.run(words("switch mira@active")).exit, 0);
    QCOMPARE(hatstand.run(words("current")).line(), QString::fromLatin1(kWaxId));
    QCOMPARE(hatstand.run(words("switch last")).exit, 0);
    QCOMPARE(hatstand.run(words("current")).line(), QString::fromLatin1(kId1));
    QCOMPARE(hatstand.run(words("rename Gallery Shop")).exit, 0);
    QCOMPARE(hatstand.run(words("move Shop 3")).exit, 0);
    QCOMPARE(object(hatstand.run(words("show Shop --json")).out).value("position"_L1).toInt(), 3);
    FAILS(hatstand.run(words("show Gallery")), 3, "not-found");
    FAILS(hatstand.run(words("add antelope --chain wax --account mira@active --key-stdin"), kWif), 6,
        "network");
    FAILS(hatstand.run(words("sign-event"), "{\"kind\":1,\"content\":\"x\"}"), 5, "approval-required");
    FAILS(hatstand.run({u"sign-digest"_s, QString(64, u'a'), u"--session"_s, u"mira@active"_s}), 5,
        "approval-required");
    FAILS(hatstand.run(words("sign-event --session mira@active"), "{\"kind\":1,\"content\":\"x\"}"), 2,
        "invalid-input");
}

void TestCli::sessionsAsJson()
{
    Program hatstand;
    const QString id = hatstand.addKey(kNsec1);
    QCOMPARE(
        hatstand.run(words("add antelope --chain wax --account mira@active --watch --offline --no-activate"))
            .exit,
        0);
    const QJsonArray list = QJsonDocument::fromJson(hatstand.run(words("list --json")).out).array();
    QCOMPARE(list.size(), 2);
    const QJsonObject nostr = list[0].toObject();
    const QStringList common = words("active addedAt default id label lastActiveAt name network position "
                                     "private reason signer state wallet");
    QStringList expected = common + words("follows mutes nip05 npub profile pubkey refreshedAt");
    expected.sort();
    QCOMPARE(nostr.keys(), expected);
    QCOMPARE(nostr.value("npub"_L1).toString(), QString::fromLatin1(kNpub1));
    QCOMPARE(nostr.value("state"_L1).toString(), u"locked"_s); // the passphrase was given to another process
    QVERIFY(nostr.value("reason"_L1).isString());
    QVERIFY(nostr.value("follows"_L1).isNull());
    QVERIFY(nostr.value("active"_L1).toBool());
    QVERIFY(QDateTime::fromString(nostr.value("addedAt"_L1).toString(), Qt::ISODate).isValid());
    QVERIFY(nostr.value("addedAt"_L1).toString().endsWith(u'Z'));
    const QJsonObject antelope = list[1].toObject();
    expected = common
        + words("actor balance chain chainName cpu net permission publicKey ram refreshedAt standing");
    expected.sort();
    QCOMPARE(antelope.keys(), expected);
    QCOMPARE(antelope.value("state"_L1).toString(), u"ready"_s); // watched
    QVERIFY(antelope.value("reason"_L1).isNull());
    QVERIFY(antelope.value("lastActiveAt"_L1).isNull());
    QCOMPARE(
        QJsonDocument::fromJson(hatstand.run(words("list --network antelope --json")).out).array().size(), 1);
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("list --chain telos --json")).out).array().size(), 0);
    QCOMPARE(
        QJsonDocument::fromJson(hatstand.run(words("list --signer watch-only --json")).out).array().size(),
        1);
    FAILS(hatstand.run(words("list --chain nochain")), 2, "unknown-chain");
    const Outcome failed = hatstand.run(words("show nobody --json"));
    QCOMPARE(object(failed.out).value("error"_L1).toObject().value("code"_L1).toString(), u"not-found"_s);
    QVERIFY(!object(failed.out).value("error"_L1).toObject().value("message"_L1).toString().isEmpty());
}

void TestCli::filtersNarrow()
{
    Program hatstand;
    QCOMPARE(hatstand.addKey(kNsec1), QString::fromLatin1(kId1));
    QCOMPARE(
        hatstand
            .run(words("add antelope --chain wax --account mira@active --key-stdin --offline"), kWif, kVault)
            .exit,
        0);
    const QString telos
        = hatstand.run(words("add antelope --chain telos --account mira@active --watch --offline")).line();
    const auto listed = [&hatstand](const char* filter) {
        QStringList ids;
        const QByteArray json = hatstand.run(words("list --json") + words(filter)).out;
        for (const QJsonValue& row : QJsonDocument::fromJson(json).array())
            ids += row[u"id"_s].toString();
        return ids;
    };
    const QString nostr = QString::fromLatin1(kId1);
    const QString wax = QString::fromLatin1(kWaxId);
    QCOMPARE(listed(""), (QStringList{telos, wax, nostr})); // most recently active first
    QCOMPARE(listed("--network antelope"), (QStringList{telos, wax}));
    QCOMPARE(listed("--network nostr"), QStringList{nostr});
    QCOMPARE(listed("--chain wax"), QStringList{wax});
    QCOMPARE(
        listed("--chain 1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"), QStringList{wax});
    QCOMPARE(listed("--chain TELOS"), QStringList{telos});
    QCOMPARE(listed("--chain eos"), QStringList());
    QCOMPARE(listed("--signer local-key"), (QStringList{wax, nostr}));
    QCOMPARE(listed("--signer watch-only"), QStringList{telos});
    QCOMPARE(listed("--wallet wallet-plugin-privatekey"), QStringList{wax});
    QCOMPARE(listed("--wallet hatstand"), (QStringList{telos, nostr}));
    QCOMPARE(listed("--wallet anchor"), QStringList());
    QCOMPARE(listed("--wallet hatstand --network antelope"), QStringList{telos}); // together
}

void TestCli::outcomesOfAccountsThatCantServe()
{
    Program hatstand;
    (void)hatstand.addKey(kNsec1, {u"--label"_s, u"Twin"_s});
    const QString other = hatstand.addGenerated({u"--label"_s, u"Twin"_s});
    const Outcome twins = hatstand.run(words("show Twin"));
    FAILS(twins, 3, "ambiguous");
    QVERIFY(twins.err.contains(kId1) && twins.err.contains(other.toLatin1())); // whom it could mean
    FAILS(hatstand.run(words("logout Twin --yes"), {}, kVault), 3, "ambiguous");
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("list --json")).out).array().size(), 2);

    QCOMPARE(
        QProcess::execute(u"sqlite3"_s,
            {hatstand.database(), u"UPDATE sessions SET label='Somebody else' WHERE id='%1'"_s.arg(other)}),
        0);
    QCOMPARE(
        object(hatstand.run({u"show"_s, other, u"--json"_s}).out).value("state"_L1).toString(), u"damaged"_s);
    FAILS(hatstand.run({u"sign-event"_s, u"--session"_s, other}, "{\"kind\":1,\"content\":\"x\"}", kVault), 1,
        "damaged");
    QCOMPARE(hatstand.run(words("show Twin")).exit, 0); // the other one is as it was
}

void TestCli::withoutADisplay()
{
    Program hatstand;
    FAILS(hatstand.run({}), 1, "no-display");
    FAILS(hatstand.run(words("--background")), 1, "no-display");
    QVERIFY(!QFile::exists(hatstand.socket()));
}

void TestCli::defaultsAndNobody()
{
    Program hatstand;
    QCOMPARE(hatstand
                 .run(words("add nostr --label Mira --watch "
                            "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"))
                 .exit,
        0);
    QCOMPARE(hatstand.run(words("add antelope --chain wax --account mira@active --watch --offline")).exit, 0);
    QCOMPARE(hatstand.run(words("current --network nostr")).line(), QString::fromLatin1(kId1));
    QCOMPARE(hatstand.run(words("current --chain wax")).line(), QString::fromLatin1(kWaxId));
    QCOMPARE(hatstand.run(words("switch --none")).exit, 0);
    FAILS(hatstand.run(words("current")), 3, "no-active");
    FAILS(hatstand.run(words("logout --yes")), 3, "no-active");
    QCOMPARE(hatstand.run(words("current --chain wax")).line(), QString::fromLatin1(kWaxId));
    QCOMPARE(hatstand.run(words("switch next")).exit, 0);
    QCOMPARE(hatstand.run(words("current")).line(), QString::fromLatin1(kId1));
    FAILS(hatstand.run(words("rename Mira mira@active")), 2, "invalid-input");
    FAILS(hatstand.run(words("add nostr --generate --label next")), 2, "invalid-input");
    FAILS(hatstand.run(words("sign-event"), "{\"kind\":1,\"content\":\"x\"}"), 5, "watch-only");
    FAILS(hatstand.run(words("export Mira --key")), 5, "watch-only");
}

void TestCli::logoutRestsAndComesBack()
{
    Program hatstand;
    QCOMPARE(hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s}), QString::fromLatin1(kId1));
    FAILS(hatstand.run(words("logout Mira")), 5, "approval-required");
    FAILS(hatstand.run(words("logout Mira --yes")), 4, "passphrase-required");
    QCOMPARE(hatstand.run(words("logout Mira --yes"), {}, kVault).exit, 0);
    FAILS(hatstand.run(words("show Mira")), 3, "not-found");
    const QJsonArray trash = QJsonDocument::fromJson(hatstand.run(words("trash --json")).out).array();
    QCOMPARE(trash.size(), 1);
    QCOMPARE(trash[0].toObject().value("id"_L1).toString(), QString::fromLatin1(kId1));
    QCOMPARE(trash[0].toObject().value("label"_L1).toString(), u"Mira"_s);
    FAILS(hatstand.run(words("untrash nobody")), 3, "not-found");
    QCOMPARE(hatstand.run(words("untrash Mira"), {}, kVault).exit, 0);
    QCOMPARE(object(hatstand.run(words("show Mira --json")).out).value("id"_L1).toString(),
        QString::fromLatin1(kId1));
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("trash --json")).out).array().size(), 0);

    // However the label is typed: composed, or as a letter and its accent.
    QCOMPARE(hatstand.run({u"rename"_s, u"Mira"_s, u"Zo\u00eb"_s}).exit, 0);
    QCOMPARE(hatstand.run({u"logout"_s, u"Zoe\u0308"_s, u"--yes"_s}, {}, kVault).exit, 0);
    QCOMPARE(hatstand.run({u"untrash"_s, u"Zoe\u0308"_s}, {}, kVault).exit, 0);
    QCOMPARE(hatstand.run({u"show"_s, u"Zo\u00eb"_s}).exit, 0);
}

/// Without a desktop, which would have put it there.
void TestCli::logoutRemovesThePicture()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s}).isEmpty());
    const QDir folder(hatstand.path(u"cache/hatstand/pictures"_s));
    QVERIFY(QDir().mkpath(folder.path()));
    const QString mine = QString::fromLatin1(kId1).sliced(6) + u"-0123456789abcdef.png"_s;
    const QString another = QString(64, u'a') + u"-0123456789abcdef.png"_s;
    for (const QString& name : {mine, another})
        QVERIFY(QFile(folder.filePath(name)).open(QIODevice::WriteOnly));
    QCOMPARE(hatstand.run(words("logout Mira --yes"), {}, kVault).exit, 0);
    QCOMPARE(folder.entryList(QDir::Files), QStringList{another});
}

/// A Nostr account without a label has an empty label and an empty actor.
void TestCli::emptyTextNamesNobody()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1).isEmpty());
    FAILS(hatstand.run({u"show"_s, QString()}), 3, "not-found");
    FAILS(hatstand.run({u"logout"_s, QString(), u"--yes"_s}, {}, kVault), 3, "not-found");
    QCOMPARE(hatstand.run(words("logout --yes"), {}, kVault).exit, 0);
    FAILS(hatstand.run({u"untrash"_s, QString()}, {}, kVault), 3, "not-found");
}

void TestCli::removedForGood()
{
    Program hatstand;
    (void)hatstand.addGenerated({u"--label"_s, u"A"_s});
    (void)hatstand.addGenerated({u"--label"_s, u"B"_s});
    FAILS(hatstand.run(words("logout --all"), {}, kVault), 2, "usage");
    QCOMPARE(hatstand.run(words("logout B --yes --forget"), {}, kVault).exit, 0);
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("trash --json")).out).array().size(), 0);
    FAILS(hatstand.run(words("logout --all --yes")), 4, "passphrase-required");
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("list --json")).out).array().size(), 1);
    QCOMPARE(hatstand.run(words("logout --all --yes"), {}, kVault).exit, 0);
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("list --json")).out).array().size(), 0);
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("trash --json")).out).array().size(), 1);
}

void TestCli::encryptedKeysStayEncrypted()
{
    Program hatstand;
    const QStringList add = words("add nostr --ncryptsec-stdin --vault passphrase --label Safe");
    FAILS(hatstand.run(add, kNcryptsec, "correct horse\nwrong\n"), 4, "wrong-passphrase");
    QVERIFY(!QFile::exists(hatstand.path(u"data/hatstand/vault.bin"_s)));
    QCOMPARE(hatstand.run(add, kNcryptsec, "correct horse\nnostr\n").exit, 0);
    QCOMPARE(object(hatstand.run(words("show Safe --json")).out).value("signer"_L1).toString(),
        u"encrypted-key"_s);
    const Outcome exported = hatstand.run(words("export Safe --ncryptsec"), {}, kVault);
    QCOMPARE(exported.exit, 0);
    QCOMPARE(exported.out.trimmed(), QByteArray(kNcryptsec));
}

/// A vault sealed with the passphrase of a key would be opened by everybody who may open that key.
void TestCli::aPassphraseLineServesOnePurpose()
{
    Program hatstand;
    const QStringList add = words("add nostr --ncryptsec-stdin --vault passphrase");
    FAILS(hatstand.run(add, kNcryptsec, "nostr\n"), 4, "passphrase-required");
    QVERIFY(!QFile::exists(hatstand.path(u"data/hatstand/vault.bin"_s)));
    (void)hatstand.addGenerated();
    FAILS(hatstand.run(add, kNcryptsec, "nostr\n"), 4,
        "passphrase-required"); // nor is an old one tried with it
    QCOMPARE(hatstand.run(add, kNcryptsec, "correct horse\nnostr\n").exit, 0);
    const auto instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0);
    QCOMPARE(hatstand.run(add, kNcryptsec, "nostr\n").exit, 0); // a vault that is open needs none
}

void TestCli::exportsCountAsExported()
{
    Program hatstand;
    (void)hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s});
    const QByteArray both = QByteArray(Program::kPassphrase) + "\nbackup\n";
    FAILS(hatstand.run(words("export Mira"), {}, kVault), 2, "usage");
    FAILS(hatstand.run(words("export Mira --key"), {}, kVault), 2, "usage"); // standard output is no terminal
    FAILS(hatstand.run(words("export Mira --key --to key.txt"), {}, kVault), 5, "approval-required");
    QVERIFY(!QFile::exists(hatstand.path(u"home/key.txt"_s)));
    const Outcome exported = hatstand.run(words("export Mira --ncryptsec --to backup.txt"), {}, both);
    QCOMPARE(exported.exit, 0);
    QFile backup(hatstand.path(u"home/backup.txt"_s));
    QVERIFY(backup.open(QIODevice::ReadOnly));
    QVERIFY(backup.readAll().startsWith("ncryptsec1"));
    QCOMPARE(backup.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup),
        QFile::Permissions());
    FAILS(hatstand.run(words("export Mira --ncryptsec --to backup.txt"), {}, both), 2,
        "usage"); // never overwritten
    QCOMPARE(hatstand.run(words("logout Mira --yes"), {}, kVault).exit, 0);
    QCOMPARE(QJsonDocument::fromJson(hatstand.run(words("trash --json")).out).array().size(),
        0); // a backup exists
}

void TestCli::vaultChoiceIsMadeOnce()
{
    Program hatstand;
    (void)hatstand.addGenerated();
    FAILS(hatstand.run(words("add nostr --generate --vault keychain"), {}, kVault), 2, "usage");
    FAILS(hatstand.run(words("config set vault.kind keychain")), 2, "invalid-input");
    QCOMPARE(hatstand.run(words("config get vault.kind")).line(), u"passphrase"_s);
    FAILS(hatstand.run(words("add nostr --generate --vault tin")), 2, "usage");
}

void TestCli::aVaultMayBeChosenBeforeItIsNeeded()
{
    Program hatstand;
    FAILS(hatstand.run(words("config set vault.kind tin")), 2, "invalid-input");
    QCOMPARE(hatstand.run(words("config set vault.kind passphrase")).exit, 0);
    QCOMPARE(hatstand.run(words("config get vault.kind")).line(), u"passphrase"_s);
    QCOMPARE(hatstand.run(words("config set vault.kind keychain")).exit, 0);
    FAILS(hatstand.run(words("add nostr --generate"), {}, kVault), 4, "keychain-unavailable");
    QCOMPARE(hatstand.run(words("config set vault.kind passphrase")).exit, 0);
    FAILS(hatstand.run(words("add nostr --generate --vault keychain")), 4, "keychain-unavailable");
    QCOMPARE(hatstand.run(words("add nostr --generate"), {}, kVault).exit, 0);
    FAILS(hatstand.run(words("config set vault.kind keychain")), 2, "invalid-input");
    QCOMPARE(hatstand.run(words("config set vault.kind passphrase")).exit, 0); // as it is
    const Outcome list = hatstand.run(words("config list"));
    QVERIFY(list.out.contains("\nvault.kind=passphrase\n") && !list.out.contains("vault.wanted"));
    FAILS(hatstand.run(words("config get vault.wanted")), 2, "invalid-input");
}

void TestCli::wrongPassphrase()
{
    Program hatstand;
    (void)hatstand.addGenerated({u"--label"_s, u"A"_s});
    const QByteArray before = storeFingerprint(hatstand.database());
    FAILS(hatstand.run(words("logout A --yes"), {}, "wrong\n"), 4, "wrong-passphrase");
    FAILS(hatstand.run(words("add nostr --generate"), {}, "wrong\n"), 4, "wrong-passphrase");
    FAILS(hatstand.run(words("unlock"), {}, "wrong\n"), 4, "wrong-passphrase");
    QCOMPARE(storeFingerprint(hatstand.database()), before);
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0);
}

void TestCli::settings()
{
    Program hatstand;
    QVERIFY(hatstand.run(words("config list")).out.contains("\nui.theme=system\n"));
    QCOMPARE(hatstand.run(words("config set ui.theme dark")).exit, 0);
    QCOMPARE(hatstand.run(words("config get ui.theme")).line(), u"dark"_s);
    FAILS(hatstand.run(words("config set ui.theme pink")), 2, "invalid-input");
    FAILS(hatstand.run(words("config get ui.colour")), 2, "invalid-input");
    QCOMPARE(hatstand.run({u"config"_s, u"set"_s, u"ui.theme"_s, QString()}).exit, 0);
    QCOMPARE(hatstand.run(words("config get ui.theme")).line(), u"system"_s);
}

void TestCli::helpAndVersion()
{
    Program hatstand;
    QCOMPARE(hatstand.run(words("--version")).out, QByteArray("hatstand " HATSTAND_VERSION "\n"));
    const Outcome help = hatstand.run(words("--help"));
    QCOMPARE(help.exit, 0);
    QVERIFY(help.out.contains("sign-event"));
    QVERIFY(hatstand.run(words("add nostr --help")).out.contains("--ncryptsec-stdin"));
    QVERIFY(!QFile::exists(hatstand.path(u"data/hatstand"_s)));
}

void TestCli::filesArePrivate()
{
    Program hatstand;
    (void)hatstand.addGenerated();
    QFile::setPermissions(
        hatstand.path(u"config/hatstand"_s), QFile::Permissions(0x7777)); // somebody opened it
    QCOMPARE(hatstand.run(words("config set ui.theme dark")).exit, 0);
    for (const QString& dir :
        {u"data/hatstand"_s, u"config/hatstand"_s, u"cache/hatstand"_s, u"run/hatstand"_s}) {
        struct stat info = {};
        QCOMPARE(::stat(qPrintable(hatstand.path(dir)), &info), 0);
        QCOMPARE(info.st_mode & 0777u, 0700u);
        const QDir inside(hatstand.path(dir));
        for (const QString& file : inside.entryList(QDir::Files | QDir::Hidden)) {
            QCOMPARE(::stat(qPrintable(inside.filePath(file)), &info), 0);
            QVERIFY2((info.st_mode & 077u) == 0, qPrintable(file));
        }
    }
}

void TestCli::outputThatCannotBeWrittenIsAnError()
{
    Program hatstand;
    hatstand.wrapper = {u"sh"_s, u"-c"_s, u"exec \"$@\" > /dev/full"_s, u"sh"_s};
    FAILS(hatstand.run(words("config list")), 1, "disk");
}

void TestCli::aDisplayThatDoesNotAnswerIsNone_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::newRow("no display") << u"QT_QPA_PLATFORM"_s << QString();
    QTest::newRow("X11") << u"DISPLAY"_s << u":5999"_s;
    QTest::newRow("Wayland") << u"WAYLAND_DISPLAY"_s << u"wayland-5999"_s;
    QTest::newRow("named by hand") << u"QT_QPA_PLATFORM"_s << u"xcb;wayland"_s;
}

void TestCli::aDisplayThatDoesNotAnswerIsNone()
{
    QFETCH(QString, variable);
    QFETCH(QString, value);
    Program hatstand;
    hatstand.environment.insert(variable, value);
    FAILS(hatstand.run(words("--background")), 1, "no-display");
    FAILS(hatstand.run({}), 1, "no-display");
}

void TestCli::startsThatFailSaySoInJson()
{
    Program hatstand;
    const auto codeOf = [&hatstand](const char* line) {
        const Outcome outcome = hatstand.run(words(line));
        return object(outcome.out).value("error"_L1).toObject().value("code"_L1).toString();
    };
    QCOMPARE(codeOf("--json"), u"no-display"_s);
    QCOMPARE(codeOf("--background --json"), u"no-display"_s);
    const auto instance = hatstand.startHeadless();
    QCOMPARE(codeOf("--json"), u"busy"_s); // it has no window to raise
    QCOMPARE(codeOf("--headless --json"), u"busy"_s);
    const QString home = hatstand.path(u"home/one"_s);
    QCOMPARE(hatstand.run({u"list"_s, u"--home"_s, home}).exit, 0);
    QVERIFY(QDir().rename(home, home + u'2'));
    for (const QString& how : {u"--headless"_s, u"--background"_s}) {
        const Outcome moved = hatstand.run({how, u"--json"_s, u"--home"_s, home + u'2'});
        QCOMPARE(
            object(moved.out).value("error"_L1).toObject().value("code"_L1).toString(), u"moved-or-copied"_s);
    }
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
