// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/codec/Deflate.h"
#include "core/codec/Hex.h"
#include "core/codec/Packing.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::codec;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray bytes(std::string_view hex)
{
    return fromHex(hex).value();
}

} // namespace

class TestPacking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingComesBack();
    void numbersAreLittleEndian();
    void varuint32_data();
    void varuint32();
    void varuint32Refusals_data();
    void varuint32Refusals();
    void flags();
    void strings_data();
    void strings();
    void countsAreBoundedByWhatIsThere();
    void afterAFailureThereIsNothing();
    void whatIsFinished();
    void deflateComesBack_data();
    void deflateComesBack();
    void deflateIsRaw();
    void deflateRefusals_data();
    void deflateRefusals();
    void aBombStopsAtTheLimit();
};

void TestPacking::everythingComesBack()
{
    Packer out;
    out.u8(255).u16(65534).u32(4294967293).u64(~quint64{0}).varuint32(300).flag(true).flag(false);
    out.string(u"é"_s).sized(bytesOf("ab"_ba)).bytes(bytesOf("c"_ba));
    const QByteArray data = out.take();
    QVERIFY(out.data().isEmpty());
    Unpacker in(bytesOf(data));
    QCOMPARE(in.u8(), quint8{255});
    QCOMPARE(in.u16(), quint16{65534});
    QCOMPARE(in.u32(), 4294967293U);
    QCOMPARE(in.u64(), ~quint64{0});
    QCOMPARE(in.varuint32(), 300U);
    QVERIFY(in.flag());
    QVERIFY(!in.flag());
    QCOMPARE(in.string(), u"é"_s);
    QCOMPARE(toQByteArray(in.sized()), "ab"_ba);
    QCOMPARE(in.left(), std::size_t{1});
    QCOMPARE(toQByteArray(in.bytes(1)), "c"_ba);
    QVERIFY(in.atEnd());
    QVERIFY(in.finished(u"x"_s).has_value());
}

void TestPacking::numbersAreLittleEndian()
{
    const QByteArray data = Packer().u16(0x0102).u32(0x03040506).u64(0x0708090a0b0c0d0e).take();
    QCOMPARE(toHex(bytesOf(data)), u"0201060504030e0d0c0b0a090807"_s);
}

void TestPacking::varuint32_data()
{
    QTest::addColumn<quint32>("number");
    QTest::addColumn<QString>("packed");
    QTest::newRow("0") << 0U << u"00"_s;
    QTest::newRow("127") << 127U << u"7f"_s;
    QTest::newRow("128") << 128U << u"8001"_s;
    QTest::newRow("16383") << 16383U << u"ff7f"_s;
    QTest::newRow("16384") << 16384U << u"808001"_s;
    QTest::newRow("2^28") << (1U << 28) << u"8080808001"_s;
    QTest::newRow("the highest") << 4294967295U << u"ffffffff0f"_s;
}

void TestPacking::varuint32()
{
    QFETCH(quint32, number);
    QFETCH(QString, packed);
    const QByteArray data = Packer().varuint32(number).take();
    QCOMPARE(toHex(bytesOf(data)), packed);
    Unpacker in(bytesOf(data));
    QCOMPARE(in.varuint32(), number);
    QVERIFY(in.finished(u"x"_s).has_value());
}

void TestPacking::varuint32Refusals_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut short") << bytes("80");
    QTest::newRow("33 bits") << bytes("ffffffff1f");
    QTest::newRow("six bytes") << bytes("808080808001");
    QTest::newRow("without an end") << QByteArray(100, '\xff');
}

void TestPacking::varuint32Refusals()
{
    QFETCH(QByteArray, data);
    Unpacker in(bytesOf(data));
    QCOMPARE(in.varuint32(), 0U);
    QVERIFY(in.failed());
}

void TestPacking::flags()
{
    for (int byte = 0; byte < 256; ++byte) {
        const QByteArray data(1, static_cast<char>(byte));
        Unpacker in(bytesOf(data));
        QCOMPARE(in.flag(), byte == 1);
        QCOMPARE(in.failed(), byte > 1);
    }
}

void TestPacking::strings_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("taken");
    QTest::newRow("empty") << bytes("00") << true;
    QTest::newRow("zero byte inside") << bytes("03610062") << true;
    QTest::newRow("beyond the end") << bytes("0261") << false;
    QTest::newRow("4 GB") << bytes("ffffffff0f61") << false;
    QTest::newRow("no UTF-8") << bytes("01ff") << false;
    QTest::newRow("UTF-8 cut short") << bytes("01c3") << false;
    QTest::newRow("overlong UTF-8") << bytes("02c0af") << false;
    QTest::newRow("a surrogate") << bytes("03eda080") << false;
}

void TestPacking::strings()
{
    QFETCH(QByteArray, data);
    QFETCH(bool, taken);
    Unpacker in(bytesOf(data));
    const QString text = in.string();
    QCOMPARE(!in.failed(), taken);
    if (taken)
        QCOMPARE(Packer().string(text).take(), data);
    else
        QVERIFY(text.isEmpty());
}

void TestPacking::countsAreBoundedByWhatIsThere()
{
    const QByteArray data = bytes("03") + QByteArray(6, 'x');
    QCOMPARE(Unpacker(bytesOf(data)).count(2), 3U);
    QCOMPARE(Unpacker(bytesOf(data)).count(3), 0U);
    QCOMPARE(Unpacker(bytesOf(bytes("ffffffff0f"))).count(1), 0U);
    QCOMPARE(Unpacker(bytesOf(bytes("ffffffff0f"))).count(0), 4294967295U); // things without size
}

void TestPacking::afterAFailureThereIsNothing()
{
    const QByteArray data(20, '\x01');
    Unpacker in(bytesOf(data));
    QVERIFY(in.bytes(21).empty());
    QVERIFY(in.failed());
    QCOMPARE(in.u8(), quint8{0});
    QCOMPARE(in.u64(), quint64{0});
    QVERIFY(!in.flag());
    QVERIFY(in.sized().empty());
    QVERIFY(in.string().isEmpty());
    QCOMPARE(in.count(), 0U);
    QCOMPARE(in.finished(u"a thing"_s).error().why, Why::Malformed);
    QCOMPARE(in.finished(u"a thing"_s).error().detail, u"a thing"_s);
}

void TestPacking::whatIsFinished()
{
    const QByteArray data(2, '\x01');
    Unpacker in(bytesOf(data));
    (void)in.u8();
    QCOMPARE(in.finished(u"a thing"_s).error().why, Why::TrailingBytes);
    (void)in.u8();
    QVERIFY(in.finished(u"a thing"_s).has_value());
    in.fail();
    QCOMPARE(in.finished(u"a thing"_s).error().why, Why::Malformed);
}

void TestPacking::deflateComesBack_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("zeros") << QByteArray(100'000, '\0');
    QByteArray noise(100'000, Qt::Uninitialized);
    SystemRandom().fill({reinterpret_cast<std::uint8_t*>(noise.data()), std::size_t(noise.size())});
    QTest::newRow("noise") << noise;
}

void TestPacking::deflateComesBack()
{
    QFETCH(QByteArray, data);
    const QByteArray deflated = deflateRaw(bytesOf(data));
    const auto inflated = inflateRaw(bytesOf(deflated), data.size()); // the limit itself is allowed
    QVERIFY(inflated.has_value());
    QCOMPARE(*inflated, data);
    if (!data.isEmpty())
        QCOMPARE(inflateRaw(bytesOf(deflated), data.size() - 1).error().why, Why::BadCompression);
}

void TestPacking::deflateIsRaw()
{
    QCOMPARE(toHex(bytesOf(deflateRaw(bytesOf("aaaaaaaaaa"_ba)))), u"4b4c840100"_s);
    QCOMPARE(inflateRaw(bytesOf(bytes("4b4c840100")), 100).value(), "aaaaaaaaaa"_ba);
}

void TestPacking::deflateRefusals_data()
{
    QTest::addColumn<QByteArray>("data");
    const QByteArray whole = bytes("4b4c840100");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut short") << whole.chopped(1);
    QTest::newRow("followed by something") << whole + 'x';
    QTest::newRow("twice") << whole + whole;
    QTest::newRow("with zlib's header") << bytes("789c4b4c84010014e103cb");
    QTest::newRow("damaged") << bytes("ffffffff");
    QTest::newRow("refers to before its beginning") << bytes("03020000");
}

void TestPacking::deflateRefusals()
{
    QFETCH(QByteArray, data);
    const auto inflated = inflateRaw(bytesOf(data), 1000);
    QVERIFY(!inflated.has_value());
    QCOMPARE(inflated.error().code, ErrorCode::InvalidInput);
    QCOMPARE(inflated.error().why, Why::BadCompression);
}

void TestPacking::aBombStopsAtTheLimit()
{
    const QByteArray bomb = deflateRaw(bytesOf(QByteArray(1 << 24, '\0')));
    QVERIFY(bomb.size() < 20'000);
    QCOMPARE(inflateRaw(bytesOf(bomb), 512 * 1024).error().why, Why::BadCompression);
    QCOMPARE(inflateRaw(bytesOf(bomb), 0).error().why, Why::BadCompression);
}

QTEST_GUILESS_MAIN(TestPacking)
#include "tst_packing.moc"
