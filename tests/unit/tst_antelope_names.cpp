// SPDX-License-Identifier: MIT
#include "core/antelope/Name.h"
#include "core/codec/Hex.h"

#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

class TestAntelopeNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void values_data();
    void values();
    void everyValueHasOneText();
    void refused_data();
    void refused();
    void permissionLevels();
    void badPermissionLevels_data();
    void badPermissionLevels();
};

void TestAntelopeNames::values_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("littleEndian");
    QTest::newRow("eosio") << u"eosio"_s << u"0000000000ea3055"_s;
    QTest::newRow("eosio.token") << u"eosio.token"_s << u"00a6823403ea3055"_s;
    QTest::newRow("active") << u"active"_s << u"00000000a8ed3232"_s;
    QTest::newRow("12 characters") << u"wharfkit1115"_s << u"504208d9c1754de3"_s;
    QTest::newRow("13 characters, the highest") << u"zzzzzzzzzzzzj"_s << u"ffffffffffffffff"_s;
    QTest::newRow("the lowest, as placeholders are") << u"............1"_s << u"0100000000000000"_s;
    QTest::newRow("one letter") << u"a"_s << u"0000000000000030"_s;
}

void TestAntelopeNames::values()
{
    QFETCH(QString, text);
    QFETCH(QString, littleEndian);
    const auto name = Name::parse(text);
    QVERIFY(name.has_value());
    ByteArray<8> raw{};
    qToLittleEndian(name->value(), raw.data());
    QCOMPARE(codec::toHex(raw), littleEndian);
    QCOMPARE(name->text(), text);
    QVERIFY(Name::fromValue(name->value()) == *name);
}

void TestAntelopeNames::everyValueHasOneText()
{
    QRandomGenerator random(44);
    for (int i = 0; i < 5000; ++i) {
        const quint64 value = random.generate64() & (random.generate64() << (random.generate() % 60));
        if (value == 0)
            continue;
        const auto back = Name::parse(Name::fromValue(value).text());
        QVERIFY2(back.has_value(), qPrintable(Name::fromValue(value).text()));
        QCOMPARE(back->value(), value);
    }
}

void TestAntelopeNames::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("upper case") << u"EOSIO"_s;
    QTest::newRow("one upper-case letter") << u"eosiO"_s;
    QTest::newRow("14 characters") << u"abcdefghijklmn"_s;
    QTest::newRow("13th character k") << u"aaaaaaaaaaaak"_s;
    QTest::newRow("13th character z") << u"aaaaaaaaaaaaz"_s;
    QTest::newRow("13th character a dot") << u"aaaaaaaaaaaa."_s;
    QTest::newRow("trailing dot") << u"eosio."_s;
    QTest::newRow("dots alone") << u"..."_s;
    QTest::newRow("digit 0") << u"eosio0"_s;
    QTest::newRow("digit 6") << u"eosio6"_s;
    QTest::newRow("digit 9") << u"9"_s;
    QTest::newRow("underscore") << u"eos_io"_s;
    QTest::newRow("hyphen") << u"eos-io"_s;
    QTest::newRow("space before") << u" eosio"_s;
    QTest::newRow("space after") << u"eosio "_s;
    QTest::newRow("line end") << u"eosio\n"_s;
    QTest::newRow("letter outside ASCII") << u"éosio"_s;
    QTest::newRow("Cyrillic look-alike") << u"eosi\u043e"_s;
    QTest::newRow("low byte of a wide character is a letter") << u"eosi\u016f"_s;
    QTest::newRow("zero byte") << QString(u"eosio\0"_s + QChar(u'\0'));
    QTest::newRow("an at sign") << u"a@b"_s;
    QTest::newRow("1 MB") << QString(1 << 20, u'a');
}

void TestAntelopeNames::refused()
{
    QFETCH(QString, text);
    const auto name = Name::parse(text);
    QVERIFY(!name.has_value());
    QCOMPARE(name.error().code, ErrorCode::InvalidInput);
    QCOMPARE(name.error().why, Why::BadName);
    QVERIFY(name.error().detail.size() <= 64);
    QVERIFY(text.startsWith(name.error().detail));
}

void TestAntelopeNames::permissionLevels()
{
    const auto level = PermissionLevel::parse(u"miragallery2@active"_s);
    QVERIFY(level.has_value());
    QCOMPARE(level->actor.text(), u"miragallery2"_s);
    QCOMPARE(level->permission.text(), u"active"_s);
    QCOMPARE(level->text(), u"miragallery2@active"_s);
}

void TestAntelopeNames::badPermissionLevels_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Why>("why");
    QTest::newRow("no permission") << u"miragallery2"_s << Why::NotThisForm;
    QTest::newRow("empty") << QString() << Why::NotThisForm;
    QTest::newRow("empty permission") << u"miragallery2@"_s << Why::BadName;
    QTest::newRow("empty actor") << u"@active"_s << Why::BadName;
    QTest::newRow("two at signs") << u"a@b@c"_s << Why::BadName;
    QTest::newRow("upper-case actor") << u"Mira@active"_s << Why::BadName;
    QTest::newRow("upper-case permission") << u"mira@Active"_s << Why::BadName;
    QTest::newRow("a mail address") << u"mira@okafor.example9"_s << Why::BadName;
}

void TestAntelopeNames::badPermissionLevels()
{
    QFETCH(QString, text);
    QFETCH(Why, why);
    const auto level = PermissionLevel::parse(text);
    QVERIFY(!level.has_value());
    QCOMPARE(level.error().why, why);
}

QTEST_GUILESS_MAIN(TestAntelopeNames)
#include "tst_antelope_names.moc"
