// SPDX-License-Identifier: MIT
#include "core/base/SecretBuffer.h"
#include "core/base/Settings.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;

class TestBase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takingFromAStringWipesTheSource();
    void trimmingKeepsTheInside();
    void settingsRefuseUnknownKeysAndBadValues();
    void settingsAreOnDiskAndPrivate();
    void aSettingThatCantBeWrittenStaysAsItWas();
};

void TestBase::takingFromAStringWipesTheSource()
{
    QString source = QStringLiteral("s\u00e9cret").repeated(1);
    source.detach();
    const QChar* storage = source.constData();
    const auto size = source.size();
    const QString keepAlive = source; // so that the storage still is there to look at
    const SecretBuffer taken = SecretBuffer::takeFrom(source);
    QCOMPARE(taken.text(),
        std::string_view("s\xc3\xa9"
                         "cret"));
    QVERIFY(source.isEmpty());
    for (qsizetype i = 0; i < size; ++i)
        QCOMPARE(storage[i], QChar());
}

void TestBase::trimmingKeepsTheInside()
{
    const SecretBuffer text = SecretBuffer::copyOf(std::string_view(" \t a b\r\n"));
    QCOMPARE(text.trimmed().text(), std::string_view("a b"));
    QVERIFY(SecretBuffer::copyOf(std::string_view(" \n")).trimmed().isEmpty());
}

void TestBase::settingsRefuseUnknownKeysAndBadValues()
{
    const QTemporaryDir dir;
    Settings settings(dir.filePath(QStringLiteral("hatstand.conf")));
    QCOMPARE(settings.set(QStringLiteral("ui.colour"), QStringLiteral("x")).error().why, Why::BadSetting);
    QCOMPARE(
        settings.set(QStringLiteral("lock.idleMinutes"), QStringLiteral("0")).error().why, Why::BadSetting);
    for (const QString& minutes : {QStringLiteral(" 7 "), QStringLiteral("+7"), QStringLiteral("07")})
        QCOMPARE(settings.set(QStringLiteral("lock.idleMinutes"), minutes).error().why, Why::BadSetting);
    QCOMPARE(settings.value(QStringLiteral("lock.idleMinutes")), QStringLiteral("15"));
    for (const QString& value : {QStringLiteral("x\nvault.kind=keychain"), QStringLiteral("x\x1b[2J"),
             QStringLiteral("x\u2028y"), QString(QChar(0xd800))})
        QCOMPARE(settings.set(QStringLiteral("network.proxy"), value).error().why, Why::BadSetting);
    QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("hatstand.conf"))));
}

void TestBase::settingsAreOnDiskAndPrivate()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("hatstand.conf"));
    {
        Settings settings(file);
        QVERIFY(settings.set(QStringLiteral("shortcuts.preferences"), QStringLiteral("Ctrl+;, Ctrl+,"))
                    .has_value());
        QVERIFY(settings.isChanged(QStringLiteral("shortcuts.preferences")));
    }
    const Settings again(file);
    QCOMPARE(again.value(QStringLiteral("shortcuts.preferences")), QStringLiteral("Ctrl+;, Ctrl+,"));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(file) & others));
}

void TestBase::aSettingThatCantBeWrittenStaysAsItWas()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("config"));
    const QString theme = QStringLiteral("ui.theme");
    const QString order = QStringLiteral("ui.order");
    Settings settings(folder + QStringLiteral("/hatstand.conf"));
    QVERIFY(settings.set(theme, QStringLiteral("dark")));
    QVERIFY(QFile::rename(folder, folder + QStringLiteral(".away")));
    QFile inTheWay(folder);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QSignalSpy changes(&settings, &Settings::changed);
    QCOMPARE(settings.set(theme, QStringLiteral("light")).error().code, ErrorCode::Disk);
    QCOMPARE(settings.set(order, QStringLiteral("name")).error().code, ErrorCode::Disk);
    QVERIFY(changes.isEmpty());
    QCOMPARE(settings.value(order), QStringLiteral("mine"));
    QVERIFY(inTheWay.remove());
    QVERIFY(QFile::rename(folder + QStringLiteral(".away"), folder));
    QVERIFY(settings.set(order, QStringLiteral("recent")));
    const Settings again(folder + QStringLiteral("/hatstand.conf"));
    QCOMPARE(again.value(theme), QStringLiteral("dark"));
    QCOMPARE(again.value(order), QStringLiteral("recent"));
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
