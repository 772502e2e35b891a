// SPDX-License-Identifier: MIT
#include "core/secrets/Tries.h"

#include <QTest>

using namespace hatstand::secrets;
using namespace std::chrono_literals;

class TestTries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void waitsAreDoubledUpToHalfAMinute();
    void threeAreFreeThenEachWaits();
    void aRightOneStartsAnew();
    void onesThatWereNeverLookedAtDoNotCount();
    void theCountIsKept();
    void countsBeforeItIsLookedAt();
    void oneAtATime();
    void droppedWhileWaitingIsNeverTried();
    void aDamagedCountIsBounded();

private:
    [[nodiscard]] std::unique_ptr<Tries> made()
    {
        return std::make_unique<Tries>(
            Tries::Ports{[this] { return m_kept; }, [this](int count) { m_kept = count; },
                [this](std::chrono::milliseconds pause, std::function<void()> go) {
                    m_pauses.append(static_cast<int>(pause / 1s));
                    m_go = std::move(go);
                }});
    }
    /// Begins one that ends so; the clock goes on by itself.
    void attempt(Tries& tries, Tries::Outcome outcome)
    {
        tries.begin([this, outcome](const Tries::End& end) {
            ++m_tried;
            end(outcome);
        });
        if (const auto go = std::exchange(m_go, nullptr))
            go();
    }

    int m_kept = 0;
    int m_tried = 0;
    QList<int> m_pauses; ///< seconds
    std::function<void()> m_go;
};

void TestTries::init()
{
    m_kept = m_tried = 0;
    m_pauses.clear();
    m_go = nullptr;
}

void TestTries::waitsAreDoubledUpToHalfAMinute()
{
    QList<int> pauses;
    for (int wrong = 0; wrong < 11; ++wrong)
        pauses.append(static_cast<int>(Tries::pauseAfter(wrong).count()));
    QCOMPARE(pauses, (QList<int>{0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30}));
    QCOMPARE(Tries::pauseAfter(1'000'000), 30s);
}

void TestTries::threeAreFreeThenEachWaits()
{
    const auto tries = made();
    for (int i = 0; i < 6; ++i)
        attempt(*tries, Tries::Outcome::Wrong);
    QCOMPARE(m_pauses, (QList<int>{1, 2, 4}));
    QCOMPARE(m_tried, 6);
}

void TestTries::aRightOneStartsAnew()
{
    const auto tries = made();
    for (int i = 0; i < 4; ++i)
        attempt(*tries, Tries::Outcome::Wrong);
    attempt(*tries, Tries::Outcome::Right);
    QCOMPARE(m_kept, 0);
    m_pauses.clear();
    for (int i = 0; i < 3; ++i)
        attempt(*tries, Tries::Outcome::Wrong);
    QCOMPARE(m_pauses, QList<int>());
}

void TestTries::onesThatWereNeverLookedAtDoNotCount()
{
    const auto tries = made();
    for (int i = 0; i < 2; ++i)
        attempt(*tries, Tries::Outcome::Wrong);
    for (int i = 0; i < 5; ++i)
        attempt(*tries, Tries::Outcome::Unknown);
    QCOMPARE(m_kept, 2);
    QCOMPARE(m_pauses, QList<int>());
}

void TestTries::theCountIsKept()
{
    for (int i = 0; i < 5; ++i)
        attempt(*made(), Tries::Outcome::Wrong); // each in a program of its own
    QCOMPARE(m_kept, 5);
    QCOMPARE(m_pauses, (QList<int>{1, 2}));
}

void TestTries::countsBeforeItIsLookedAt()
{
    auto tries = made();
    int seen = 0;
    tries->begin([&](const Tries::End&) { seen = m_kept; });
    tries.reset(); // ended in the middle
    QCOMPARE(seen, 1);
    QCOMPARE(m_kept, 1);
}

void TestTries::oneAtATime()
{
    const auto tries = made();
    QList<Tries::End> open;
    for (int i = 0; i < 10; ++i)
        tries->begin([&open](const Tries::End& end) { open.append(end); });
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(open.size(), i + 1);
        open.at(i)(Tries::Outcome::Wrong);
    }
    QCOMPARE(open.size(), 3); // the fourth waits, the others behind it
    QCOMPARE(m_pauses, QList<int>{1});
    std::exchange(m_go, nullptr)();
    QCOMPARE(open.size(), 4);
}

void TestTries::droppedWhileWaitingIsNeverTried()
{
    m_kept = 3;
    const auto tries = made();
    tries->begin([this](const Tries::End&) { ++m_tried; });
    const auto late = std::exchange(m_go, nullptr);
    tries->dropWaiting();
    late();
    QCOMPARE(m_tried, 0);
    QCOMPARE(m_kept, 3);
    attempt(*tries, Tries::Outcome::Wrong); // the next is tried, after a wait of its own
    QCOMPARE(m_tried, 1);
    QCOMPARE(m_pauses, (QList<int>{1, 1}));
}

void TestTries::aDamagedCountIsBounded()
{
    m_kept = -5;
    attempt(*made(), Tries::Outcome::Wrong);
    QCOMPARE(m_kept, 1);
    m_kept = std::numeric_limits<int>::max();
    attempt(*made(), Tries::Outcome::Wrong);
    QCOMPARE(m_pauses, QList<int>{30});
}

QTEST_GUILESS_MAIN(TestTries)
#include "tst_tries.moc"
