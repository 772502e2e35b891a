// SPDX-License-Identifier: MIT
#include "core/nostr/Nip49.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/models/SessionModel.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QPointer>
#include <QScopeGuard>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::test;
using ui::AddAccountDialog;
using Page = ui::AddAccountDialog::Page;

namespace {

const QString kKeyThree = u"nostr:f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"_s;

SharedSecret secret(const char* text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

class Shown
{
public:
    explicit Shown(DialogStage& stage)
        : dialog(new AddAccountDialog(stage.context))
    {
        dialog->open();
    }
    ~Shown() { delete dialog; }
    AddAccountDialog* operator->() const { return dialog; }
    QPointer<AddAccountDialog> dialog;
};

QString asQString(const char* text)
{
    return QString::fromLatin1(text);
}

} // namespace

class TestAddAccount final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->clear(); }

    void generatingAddsAndLeadsToABackup()
    {
        DialogStage stage;
        Shown shown(stage);
        QVERIFY(type(shown.dialog, u"Label"_s, u"Sketchbook"_s));
        QVERIFY(press(shown.dialog, u"Generate and add"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
        const session::Session added = stage.stand.sessions->sessions().first();
        QCOMPARE(added.label, u"Sketchbook"_s);
        QCOMPARE(stage.stand.sessions->active(), added.id);
        QVERIFY(stage.stand.vault->contains(added.id.text()));
        QVERIFY(says(shown.dialog, u"Sketchbook is ready"_s));

        QVERIFY(type(shown.dialog, u"Passphrase"_s, u"maple ribbon quiet harbour stove"_s));
        QVERIFY(!press(shown.dialog, u"Save backup…"_s)); // not yet twice
        QVERIFY(type(shown.dialog, u"Repeat passphrase"_s, u"maple ribbon quiet harbour stove"_s));
        QTRY_VERIFY(says(shown.dialog, u"Strong: 5 words"_s));
        QVERIFY(press(shown.dialog, u"Save backup…"_s));
        const QString path = stage.stand.dir.filePath(u"backup.ncryptsec"_s);
        QVERIFY(chooseFile(shown.dialog, path));
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"The backup is saved"_s), 60'000);
        QVERIFY(stage.stand.sessions->find(added.id)->exportedAt.isValid());
        QFile file(path);
        QCOMPARE(file.permissions()
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto key = nostr::nip49::decrypt(SecretBuffer::copyOf(bytesOf(file.readAll().trimmed())),
            SecretBuffer::copyOf("maple ribbon quiet harbour stove"));
        QVERIFY(key);
        QCOMPARE(key->publicKey().hex(), added.id.identity());
        QVERIFY(press(shown.dialog, u"Done"_s));
        QVERIFY(says(shown.dialog, u"A profile for Sketchbook"_s));
        QVERIFY(press(shown.dialog, u"Not now"_s));
        QTRY_VERIFY(!shown.dialog);
    }

    void backupCanWait()
    {
        DialogStage stage;
        Shown shown(stage);
        QVERIFY(press(shown.dialog, u"Generate and add"_s));
        QVERIFY(press(shown.dialog, u"Not now"_s)); // the backup
        QVERIFY(press(shown.dialog, u"Not now"_s)); // and the profile
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->count(), 1);
        // and is not forgotten: the list reminds of it until a copy is known
        const QModelIndex row = stage.stand.model->index(0, 0);
        QVERIFY(row.data(ui::SessionModel::BackupDueRole).toBool());
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(u"never exported"_s));
        QVERIFY(stage.stand.sessions->markExported(stage.stand.at(0)));
        QVERIFY(!row.data(ui::SessionModel::BackupDueRole).toBool());
        QVERIFY(!row.data(Qt::AccessibleTextRole).toString().contains(u"never exported"_s));
    }

    void switchingToItCanBeLeftOut()
    {
        DialogStage stage;
        const auto first = stage.addNostrKey(5);
        Shown shown(stage);
        shown.dialog->findChild<QCheckBox*>()->setChecked(false);
        shown->showPage(Page::NostrKey);
        QVERIFY(type(shown.dialog, u"Private key"_s, asQString(DialogStage::kNsec)));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 2);
        QCOMPARE(stage.stand.sessions->active(), first);
    }

    void everyPageAdds_data()
    {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("account");
        QTest::addColumn<QString>("id");
        QTest::newRow("private key") << QByteArray(DialogStage::kNsec) << QString() << kKeyThree;
        QTest::newRow("watch") << QByteArray(DialogStage::kNpub) << QString() << kKeyThree;
        QTest::newRow("link") << "nostr:" + QByteArray(DialogStage::kNpub) << QString() << kKeyThree;
        QTest::newRow("antelope") << QByteArray(DialogStage::kPvt) << u"alice@active"_s
                                  << u"antelope:%1:alice@active"_s.arg(
                                         antelope::Chains::bundled().all().first().id);
        QTest::newRow("antelope watch")
            << QByteArray("alice@active") << QString()
            << u"antelope:%1:alice@active"_s.arg(antelope::Chains::bundled().all().first().id);
    }
    void everyPageAdds()
    {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, account);
        QFETCH(QString, id);
        DialogStage stage;
        Shown shown(stage);
        shown->openWith(secret(pasted.constData()));
        if (!account.isEmpty())
            QVERIFY(type(shown.dialog, u"Account and permission"_s, account));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
        QCOMPARE(stage.stand.sessions->sessions().first().id.text(), id);
        QTRY_VERIFY(!shown.dialog);
    }

    void refusalsAreSaidUnderTheField_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");
        const QString nsec = asQString(DialogStage::kNsec);
        QString mistyped = nsec;
        mistyped[20] = u'x';
        const auto key = int(Page::NostrKey);
        QTest::newRow("mistyped") << key << u"Private key"_s << mistyped << u"The checksum is wrong."_s;
        QTest::newRow("short") << key << u"Private key"_s << nsec.left(58)
                               << u"The key is cut short: 58 of 63 characters."_s;
        QTest::newRow("public") << key << u"Private key"_s << asQString(DialogStage::kNpub)
                                << u"This is a public key. It can only be watched."_s;
        QTest::newRow("encrypted") << key << u"Private key"_s << asQString(DialogStage::kNcryptsec)
                                   << u"This key is encrypted."_s;
        QTest::newRow("of another network")
            << key << u"Private key"_s << asQString(DialogStage::kPvt) << u"This is an Antelope key."_s;
        QTest::newRow("zero") << key << u"Private key"_s << QString(64, u'0')
                              << u"A key of zeros is no key."_s;
        QTest::newRow("too high") << key << u"Private key"_s << QString(64, u'f') << u"too high"_s;
        QTest::newRow("label") << int(Page::Generate) << u"Label"_s << QString(65, u'a')
                               << u"at most 64 characters"_s;
        QTest::newRow("label like a key") << int(Page::Generate) << u"Label"_s
                                          << asQString(DialogStage::kNpub) << u"would be taken for a key"_s;
        QTest::newRow("ncryptsec") << int(Page::NostrEncrypted) << u"Encrypted key (ncryptsec)"_s
                                   << asQString(DialogStage::kNcryptsec).replace(30, 1, u"x"_s)
                                   << u"The checksum is wrong."_s;
        QTest::newRow("private, watching")
            << int(Page::NostrWatch) << u"Public key"_s << nsec << u"This is a private key."_s;
        QTest::newRow("no permission")
            << int(Page::AntelopeWatch) << u"Account and permission"_s << u"alice"_s
            << u"The permission is missing: for example alice@active."_s;
        QTest::newRow("bad name") << int(Page::AntelopeWatch) << u"Account and permission"_s
                                  << u"Alice@active"_s << u"is not an account or permission name"_s;
        QTest::newRow("antelope key")
            << int(Page::AntelopeKey) << u"Private key"_s
            << asQString(DialogStage::kPvt).replace(10, 1, u"2"_s) << u"The checksum is wrong."_s;
    }
    void refusalsAreSaidUnderTheField()
    {
        QFETCH(int, page);
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(QString, sentence);
        DialogStage stage;
        Shown shown(stage);
        shown->showPage(static_cast<Page>(page));
        QVERIFY(type(shown.dialog, field, text));
        QVERIFY(!says(shown.dialog, sentence)); // nobody is corrected in the middle of a word
        QTRY_VERIFY2(says(shown.dialog, sentence), qPrintable(textsIn(shown.dialog).join(u" | "_s)));
        QVERIFY(findField(shown.dialog, field)->accessibleDescription().contains(sentence));
        const auto* action = qobject_cast<QPushButton*>(
            findButton(shown.dialog, page == int(Page::Generate) ? u"Generate and add"_s : u"Add account"_s));
        QVERIFY(action && !action->isEnabled());
        QCOMPARE(stage.stand.sessions->count(), 0);
    }

    void noMessageIsCutOff_data()
    {
        QTest::addColumn<int>("points");
        QTest::newRow("usual") << 10;
        QTest::newRow("large") << 16;
    }
    void noMessageIsCutOff()
    {
        QFETCH(int, points);
        const QFont usual = QApplication::font();
        QFont large = usual;
        large.setPointSize(points);
        QApplication::setFont(large);
        const auto restore = qScopeGuard([usual] { QApplication::setFont(usual); });
        DialogStage stage;
        Shown shown(stage);
        const auto cutOff = [&] {
            QStringList cut;
            for (const QLabel* label : shown.dialog->findChildren<QLabel*>()) {
                if (!label->isVisible() || label->text().isEmpty())
                    continue;
                const int high
                    = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
                if (high > label->height())
                    cut += label->text();
            }
            return cut;
        };
        shown->showPage(Page::AntelopeKey);
        QVERIFY(type(shown.dialog, u"Account and permission"_s, u"Alice and Bob@active"_s));
        QVERIFY(type(shown.dialog, u"Private key"_s, asQString(DialogStage::kPvt).replace(10, 1, u"2"_s)));
        QVERIFY(type(shown.dialog, u"Label"_s, QString(65, u'a')));
        QTRY_VERIFY(says(shown.dialog, u"at most 64 characters"_s));
        QTRY_VERIFY(says(shown.dialog, u"is not an account or permission name"_s));
        QTRY_COMPARE(cutOff(), QStringList());
        shown->showPage(Page::NostrEncrypted);
        QVERIFY(type(shown.dialog, u"Encrypted key (ncryptsec)"_s, asQString(DialogStage::kNsec)));
        QTRY_COMPARE(cutOff(), QStringList());
    }

    void tabLeadsThroughThePageToTheFoot()
    {
        DialogStage stage;
        Shown shown(stage);
        shown->showPage(Page::NostrKey);
        QVERIFY(type(shown.dialog, u"Private key"_s, asQString(DialogStage::kNsec)));
        QWidget* at = findField(shown.dialog, u"Private key"_s);
        at->setFocus();
        const QList<QWidget*> wanted{findField(shown.dialog, u"Label"_s),
            shown.dialog->findChild<QCheckBox*>(), findButton(shown.dialog, u"Cancel"_s),
            findButton(shown.dialog, u"Add account"_s)};
        for (QWidget* next : wanted) {
            QTest::keyClick(shown->focusWidget(), Qt::Key_Tab);
            QVERIFY2(shown->focusWidget() == next,
                qPrintable(shown->focusWidget()->property("text").toString()
                    + shown->focusWidget()->accessibleName()));
        }
    }

    void aPublicKeyCanBeWatchedInstead()
    {
        DialogStage stage;
        Shown shown(stage);
        shown->showPage(Page::NostrKey);
        QVERIFY(type(shown.dialog, u"Private key"_s, asQString(DialogStage::kNpub)));
        QTRY_VERIFY(findButton(shown.dialog, u"Watch it"_s));
        QVERIFY(press(shown.dialog, u"Watch it"_s));
        QCOMPARE(shown->page(), Page::NostrWatch);
        QCOMPARE(findField(shown.dialog, u"Public key"_s)->text(), asQString(DialogStage::kNpub));
        QVERIFY(says(shown.dialog, u"f9308a01"_s));
    }

    void addingAgainSaysWhatItDoes()
    {
        DialogStage stage;
        stage.addNostrKey(3, u"Gallery"_s);
        Shown shown(stage);
        shown->openWith(secret(DialogStage::kNsec));
        QVERIFY(
            says(shown.dialog, u"Already on the stand as Gallery. Adding it again replaces how it signs."_s));
        QVERIFY(findButton(shown.dialog, u"Add account"_s)->isEnabled());
        shown->openWith(secret(DialogStage::kNpub));
        QVERIFY(says(shown.dialog, u"Already on the stand as Gallery. It stays as it is."_s));
        QVERIFY(!findButton(shown.dialog, u"Add account"_s)->isEnabled());
    }

    void pastingAnywhereFindsItsPage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("page");
        QTest::newRow("nsec") << QByteArray(DialogStage::kNsec) << int(Page::NostrKey);
        QTest::newRow("ncryptsec") << QByteArray(DialogStage::kNcryptsec) << int(Page::NostrEncrypted);
        QTest::newRow("npub") << QByteArray(DialogStage::kNpub) << int(Page::NostrWatch);
        QTest::newRow("link") << QByteArray("nostr:") + DialogStage::kNpub << int(Page::NostrWatch);
        QTest::newRow("wif") << QByteArray(DialogStage::kPvt) << int(Page::AntelopeKey);
        QTest::newRow("anything else stays text") << QByteArray("Sketches") << int(Page::Generate);
    }
    void pastingAnywhereFindsItsPage()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, page);
        DialogStage stage;
        Shown shown(stage);
        QGuiApplication::clipboard()->setText(QString::fromLatin1(text));
        QLineEdit* label = findField(shown.dialog, u"Label"_s);
        QTest::keyClick(label, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(int(shown->page()), page);
        QCOMPARE(label->text().isEmpty(), page != int(Page::Generate)); // a key never lands in a label
    }

    void theClipboardIsClearedOnlyOfWhatWasAdded()
    {
        for (const bool other : {false, true}) {
            DialogStage stage;
            Shown shown(stage);
            shown->openWith(secret(DialogStage::kNsec));
            const QString held = other ? u"a shopping list"_s : asQString(DialogStage::kNsec) + u'\n';
            QGuiApplication::clipboard()->setText(held);
            QVERIFY(press(shown.dialog, u"Add account"_s));
            QCOMPARE(QGuiApplication::clipboard()->text(), other ? held : QString());
        }
    }

    void encryptedKeyNeedsItsPassphrase()
    {
        DialogStage stage;
        Shown shown(stage);
        shown->openWith(secret(DialogStage::kNcryptsec));
        QVERIFY(says(shown.dialog, u"Valid encrypted key"_s));
        QVERIFY(type(shown.dialog, u"Passphrase"_s, u"not it"_s));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QVERIFY(says(shown.dialog, u"Decrypting the key…"_s));
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"Wrong passphrase."_s), 60'000);
        QCOMPARE(stage.stand.sessions->count(), 0);

        QVERIFY(type(shown.dialog, u"Passphrase"_s, u"nostr"_s));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QVERIFY(press(shown.dialog, u"Cancel"_s)); // stops the work, not the dialog
        QVERIFY(shown.dialog && shown->isVisible());
        QVERIFY(!says(shown.dialog, u"Decrypting the key…"_s));
        stage.pool.waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(stage.stand.sessions->count(), 0);

        QVERIFY(press(shown.dialog, u"Add account"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stage.stand.sessions->count(), 1, 60'000);
        QCOMPARE(stage.stand.sessions->sessions().first().signer, session::SignerKind::EncryptedKey);
    }

    void whatTheVaultRefusesIsSaidAndCanBeTriedAgain()
    {
        DialogStage stage;
        Shown shown(stage);
        shown->openWith(secret(DialogStage::kNsec));
        stage.stand.vault->failNextWrite = ErrorCode::KeychainDenied;
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QVERIFY(says(shown.dialog, u"The system keychain refused."_s));
        QCOMPARE(stage.stand.sessions->count(), 0);
        QVERIFY(press(shown.dialog, u"Add account"_s)); // the key is still there
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void aSlowKeychainIsWaitedForAndCanBeLeft()
    {
        DialogStage stage;
        Shown shown(stage);
        shown->openWith(secret(DialogStage::kNsec));
        stage.stand.vault->hold();
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QTRY_VERIFY(says(shown.dialog, u"Waiting for the system keychain…"_s));
        QCOMPARE(shown->focusWidget(), findButton(shown.dialog, u"Cancel"_s));
        QVERIFY(press(shown.dialog, u"Cancel"_s));
        QCOMPARE(stage.stand.vault->held(), 0); // nobody waits for it any more
        QTRY_VERIFY(!shown.dialog);
        stage.stand.vault->release();
        QTRY_COMPARE(stage.stand.sessions->count(), 0); // what came to pass all the same is taken back
        QCOMPARE(stage.stand.vault->storedKeys(), QStringList());
    }

    void aLockedPassphraseVaultAsksFirst()
    {
        DialogStage stage;
        stage.stand.vault->setKind(secrets::VaultKind::Passphrase);
        stage.stand.vault->setState(secrets::VaultState::Locked);
        stage.stand.vault->setPassphrase("open sesame");
        Shown shown(stage);
        shown->openWith(secret(DialogStage::kNsec));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QVERIFY(says(shown.dialog, u"Unlock Hatstand"_s));
        QVERIFY(type(shown.dialog, u"Passphrase"_s, u"wrong"_s));
        QVERIFY(press(shown.dialog, u"Unlock"_s));
        QVERIFY(says(shown.dialog, u"Wrong passphrase."_s));
        QVERIFY(type(shown.dialog, u"Passphrase"_s, u"open sesame"_s));
        QVERIFY(press(shown.dialog, u"Unlock"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void withoutAKeychainAPassphraseIsOffered()
    {
        DialogStage stage(DialogStage::Vault::Undecided);
        Shown shown(stage);
        shown->openWith(secret(DialogStage::kNsec));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"No system keychain was found"_s), 30'000);
        QVERIFY(press(shown.dialog, u"Use a passphrase"_s));
        QVERIFY(type(shown.dialog, u"Passphrase"_s, u"correct horse battery staple"_s));
        QVERIFY(type(shown.dialog, u"Repeat passphrase"_s, u"correct horse battery stable"_s));
        QTRY_VERIFY(says(shown.dialog, u"The two are not the same."_s));
        QVERIFY(type(shown.dialog, u"Repeat passphrase"_s, u"correct horse battery staple"_s));
        QVERIFY(press(shown.dialog, u"Use this passphrase"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stage.stand.sessions->count(), 1, 60'000);
        QCOMPARE(stage.context.vault.kind(), secrets::VaultKind::Passphrase);
        QVERIFY(QFile::exists(stage.stand.dir.filePath(u"vault.bin"_s)));
    }

    void withoutAKeychainWatchingStaysPossible()
    {
        DialogStage stage(DialogStage::Vault::Undecided);
        Shown shown(stage);
        QVERIFY(press(shown.dialog, u"Generate and add"_s));
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"No system keychain was found"_s), 30'000);
        QVERIFY(press(shown.dialog, u"Only watch"_s));
        QCOMPARE(shown->page(), Page::NostrWatch);
        QVERIFY(type(shown.dialog, u"Public key"_s, asQString(DialogStage::kNpub)));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
        QVERIFY(!stage.setup.isDecided());
    }
};

QTEST_MAIN(TestAddAccount)
#include "tst_add_account.moc"
