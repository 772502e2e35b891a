// SPDX-License-Identifier: MIT
#include "app/control/Frame.h"

#include <QTest>
#include <QtEndian>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;

class TestFrame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void framesSurviveAnyCut();
    void theLimitIsInclusive();
    void strangersAreRefused_data();
    void strangersAreRefused();
    void aSecretIsNeverTakenForJson();
};

namespace {

/// Feeds bytes in pieces of at most step; the frames that came, or nothing more after an error.
QList<QByteArray> feed(FrameReader& reader, QByteArray bytes, qsizetype step, bool* failed = nullptr)
{
    QList<QByteArray> frames;
    while (!bytes.isEmpty()) {
        const MutableBytes space = reader.space();
        const auto size = std::min({std::size_t(step), space.size(), std::size_t(bytes.size())});
        std::copy_n(bytes.constData(), size, space.begin());
        bytes.remove(0, qsizetype(size));
        const auto frame = reader.took(size);
        if (!frame) {
            if (failed)
                *failed = true;
            return frames;
        }
        if (*frame)
            frames += char((*frame)->type) + toQByteArray((*frame)->payload.view());
    }
    return frames;
}

QByteArray head(quint32 size, char type)
{
    QByteArray bytes(4, 0);
    qToBigEndian(size, bytes.data());
    return bytes + type;
}

} // namespace

void TestFrame::framesSurviveAnyCut()
{
    const QByteArray stream = toQByteArray(Frame::json({{u"a"_s, 1}}).encoded().view())
        + toQByteArray(Frame::secret(SecretBuffer::copyOf(std::string_view("key"))).encoded().view())
        + toQByteArray(Frame::secret(SecretBuffer()).encoded().view());
    const QList<QByteArray> expected{"J{\"a\":1}", "Skey", "S"};
    for (qsizetype step = 1; step <= stream.size(); ++step) {
        FrameReader reader;
        QCOMPARE(feed(reader, stream, step), expected);
    }
}

void TestFrame::theLimitIsInclusive()
{
    FrameReader reader;
    const QByteArray largest = head(quint32(kFrameLimit), 'S') + QByteArray(qsizetype(kFrameLimit), 'x');
    QCOMPARE(feed(reader, largest, 65536).value(0).size(), qsizetype(kFrameLimit) + 1);
}

void TestFrame::strangersAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one byte over the limit") << head(quint32(kFrameLimit) + 1, 'J');
    QTest::newRow("4 GiB") << head(0xffffffff, 'S');
    QTest::newRow("another type") << head(2, 'X') + "{}";
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n");
}

void TestFrame::strangersAreRefused()
{
    QFETCH(QByteArray, bytes);
    FrameReader reader;
    bool failed = false;
    QVERIFY(feed(reader, bytes, 1, &failed).isEmpty());
    QVERIFY(failed);
}

void TestFrame::aSecretIsNeverTakenForJson()
{
    const Frame frame{Frame::Type::Secret, SecretBuffer::copyOf(std::string_view("{}"))};
    QVERIFY(!frame.object());
    QVERIFY(!(Frame{Frame::Type::Json, SecretBuffer::copyOf(std::string_view("[1]"))}).object());
    QVERIFY((Frame{Frame::Type::Json, SecretBuffer::copyOf(std::string_view("{}"))}).object());
}

QTEST_APPLESS_MAIN(TestFrame)
#include "tst_frame.moc"
