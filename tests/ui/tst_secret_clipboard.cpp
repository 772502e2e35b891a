// SPDX-License-Identifier: MIT
#include "ui/clipboard/SecretClipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray kSecret = "PVT_K1_a key that is none";

QClipboard& clipboard()
{
    return *QGuiApplication::clipboard();
}

} // namespace

/// In one process; what other programs see is in integration/clipboard.
class TestSecretClipboard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { clipboard().setText(u"before"_s); }

    void itIsThereAndMarked()
    {
        SecretClipboard secret;
        QCOMPARE(SecretClipboard::kLifetime, 30s);
        secret.put(bytesOf(kSecret));
        QCOMPARE(clipboard().text(), QString::fromUtf8(kSecret));
        const QMimeData* mime = clipboard().mimeData();
        QCOMPARE(mime->data(SecretClipboard::kHint), "secret"_ba);
        QVERIFY(mime->hasText() && !mime->hasHtml() && !mime->hasUrls());
    }

    void itGoesWhenItsTimeIsUp()
    {
        SecretClipboard secret(1ms);
        QSignalSpy expired(&secret, &SecretClipboard::expired);
        secret.put(bytesOf(kSecret));
        QVERIFY(expired.wait());
        QVERIFY(clipboard().text().isEmpty());
    }

    void whatWasCopiedSinceStays()
    {
        SecretClipboard secret(1ms);
        QSignalSpy expired(&secret, &SecretClipboard::expired);
        secret.put(bytesOf(kSecret));
        clipboard().setText(u"a shopping list"_s);
        QVERIFY(expired.wait());
        QCOMPARE(clipboard().text(), u"a shopping list"_s);
    }

    /// As a clipboard manager does that keeps everything.
    void theSameTextOfAnotherOwnerGoesToo()
    {
        SecretClipboard secret(1ms);
        QSignalSpy expired(&secret, &SecretClipboard::expired);
        secret.put(bytesOf(kSecret));
        clipboard().setText(QString::fromUtf8(kSecret));
        QVERIFY(expired.wait());
        QVERIFY(clipboard().text().isEmpty());
    }

    void aSecondSecretHasItsOwnTime()
    {
        SecretClipboard secret(1ms);
        QSignalSpy expired(&secret, &SecretClipboard::expired);
        secret.put(bytesOf("first"_ba));
        secret.put(bytesOf(kSecret));
        QCOMPARE(clipboard().text(), QString::fromUtf8(kSecret));
        QVERIFY(expired.wait());
        QVERIFY(clipboard().text().isEmpty());
        QCOMPARE(expired.count(), 1);
    }

    void itGoesWithItsOwner()
    {
        {
            SecretClipboard secret;
            secret.put(bytesOf(kSecret));
        }
        QVERIFY(clipboard().text().isEmpty());
        clipboard().setText(u"mine"_s);
        {
            const SecretClipboard unused;
        }
        QCOMPARE(clipboard().text(), u"mine"_s);
    }

    void itGoesAtTheEnd()
    {
        SecretClipboard secret;
        secret.put(bytesOf(kSecret));
        QMetaObject::invokeMethod(qApp, "aboutToQuit", Qt::DirectConnection);
        QVERIFY(clipboard().text().isEmpty());
    }
};

QTEST_MAIN(TestSecretClipboard)
#include "tst_secret_clipboard.moc"
