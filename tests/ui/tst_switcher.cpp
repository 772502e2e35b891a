// SPDX-License-Identifier: MIT
// The quick switcher as a person has it: what is typed and pressed, and what is then seen and so.
#include "tests/ui/WindowStand.h"
#include "ui/switcher/SwitcherDelegate.h"
#include "ui/switcher/SwitcherPlace.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/theme/Widgets.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;
using test::SampleStand;
using test::WindowStand;

namespace {

struct Open
{
    explicit Open(WindowStand& of)
        : stand(of)
        , window(new SwitcherWindow(of.context))
    {
        window->showAt();
        if (!QTest::qWaitForWindowActive(window))
            qFatal("the switcher is not active");
    }
    ~Open() { delete window.data(); }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

    [[nodiscard]] QLineEdit* search() const { return window->findChild<QLineEdit*>(); }
    [[nodiscard]] QListView* list() const { return window->findChild<QListView*>(); }
    void type(const QString& text) const { QTest::keyClicks(search(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.data(), key, modifiers);
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            all += list()->model()->index(row, 0).data().toString();
        return all;
    }
    [[nodiscard]] QString chosen() const { return list()->currentIndex().data().toString(); }
    [[nodiscard]] QPushButton* button(const QString& name) const
    {
        const auto all = window->findChildren<QPushButton*>();
        for (QPushButton* one : all) {
            const QString its = one->accessibleName().isEmpty() ? one->text() : one->accessibleName();
            if (one->isVisible() && its == name)
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] bool reads(const QString& text) const
    {
        const auto labels = window->findChildren<QLabel*>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel* label) {
            const auto* elided = qobject_cast<const ElidedLabel*>(label);
            return label->isVisible() && (elided ? elided->fullText() : label->text()) == text;
        });
    }
    [[nodiscard]] bool isGone() const
    {
        return QTest::qWaitFor([this] { return !window; });
    }

    WindowStand& stand;
    QPointer<SwitcherWindow> window;
};

} // namespace

class TestSwitcher final : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowStand> m_stand;
    [[nodiscard]] QString active() const { return m_stand->sessions->active().text(); }

private Q_SLOTS:
    void init()
    {
        m_stand = std::make_unique<WindowStand>();
        m_stand->addSix();
    }

    void beginsWithAllAndTheFirst()
    {
        const Open open(*m_stand);
        QCOMPARE(open.names(),
            (QStringList{u"Mira Okafor"_s, u"Lumen Press"_s, u"Gallery"_s, u"Night Garden"_s,
                u"Press treasury"_s, u"Tomas Reyes"_s}));
        QCOMPARE(open.chosen(), u"Mira Okafor"_s);
        QVERIFY(open.search()->hasFocus());
        QCOMPARE(open.window->width(), 480);
        QCOMPARE(open.search()->height(), 40);
        QCOMPARE(open.list()->height(), 6 * SwitcherDelegate::rowHeight());
        QVERIFY(open.window->windowFlags().testFlag(Qt::FramelessWindowHint));
        QCOMPARE(open.window->windowTitle(), u"Quick switcher"_s); // no name
    }

    void eightRowsThenItScrolls()
    {
        for (int i = 1; i <= 20; ++i)
            m_stand->add(SampleStand::nostrId(i), u"More %1"_s.arg(i), SignerKind::WatchOnly, false);
        const Open open(*m_stand);
        QCOMPARE(open.list()->height(), 8 * SwitcherDelegate::rowHeight());
        for (int i = 0; i < 20; ++i)
            open.press(Qt::Key_Down);
        const QRect row = open.list()->visualRect(open.list()->currentIndex());
        QCOMPARE(open.chosen(), u"More 15"_s);
        QVERIFY(open.list()->viewport()->rect().contains(row));
    }

    void typingFilters_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("left");
        QTest::newRow("name, any case") << u"oKaF"_s << QStringList{u"Mira Okafor"_s};
        QTest::newRow("words in any order") << u"treas press"_s << QStringList{u"Press treasury"_s};
        QTest::newRow("npub") << m_stand->sessions->networks()
                                     .fields(*m_stand->sessions->find(SessionId(SampleStand::mira)))
                                     .value(u"npub"_s)
                                     .toString()
                              << QStringList{u"Mira Okafor"_s};
        QTest::newRow("hex") << u"8dea87fb1df1"_s << QStringList{u"Tomas Reyes"_s};
        QTest::newRow("actor") << u"miragallery2"_s << QStringList{u"Gallery"_s};
        QTest::newRow("actor and permission") << u"lumenpressdo@act"_s << QStringList{u"Press treasury"_s};
        QTest::newRow("chain") << u"wax"_s << QStringList{u"Gallery"_s};
        QTest::newRow("network") << u"telos"_s << QStringList{u"Press treasury"_s};
    }
    void typingFilters()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, left);
        const Open open(*m_stand);
        open.type(typed);
        QCOMPARE(open.names(), left);
        QCOMPARE(open.chosen(), left.constFirst()); // the first is the one that Enter means
        for (qsizetype i = 0; i < typed.size(); ++i)
            open.press(Qt::Key_Backspace);
        QCOMPARE(open.names().size(), 6);
        QCOMPARE(open.chosen(), u"Mira Okafor"_s);
    }

    void heightStaysWhileOneTypes()
    {
        const Open open(*m_stand);
        const QRect before = open.window->geometry();
        open.type(u"gall"_s);
        QCoreApplication::processEvents();
        QCOMPARE(open.window->geometry(), before);
        open.type(u"zzz"_s);
        QCoreApplication::processEvents();
        QCOMPARE(open.window->geometry(), before);
    }

    void enterSwitchesAndCloses()
    {
        const Open open(*m_stand);
        open.type(u"gall"_s);
        open.press(Qt::Key_Return);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::gallery);
    }

    void arrowsChoose()
    {
        const Open open(*m_stand);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_Up);
        QCOMPARE(open.chosen(), u"Gallery"_s);
        QVERIFY(open.search()->hasFocus());
        open.press(Qt::Key_Enter);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::gallery);
    }

    void digitsChooseWhatIsShown()
    {
        {
            const Open open(*m_stand);
            open.press(Qt::Key_3, Qt::ControlModifier);
            QVERIFY(open.isGone());
            QCOMPARE(active(), SampleStand::gallery);
        }
        const Open open(*m_stand);
        open.type(u"press"_s);
        QCOMPARE(open.names(), (QStringList{u"Lumen Press"_s, u"Press treasury"_s}));
        open.press(Qt::Key_9, Qt::ControlModifier); // no such row
        QCOMPARE(active(), SampleStand::gallery);
        open.press(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::treasury);
    }

    void digitsAloneAreText()
    {
        const Open open(*m_stand);
        open.type(u"2"_s);
        QCOMPARE(open.search()->text(), u"2"_s);
        QCOMPARE(active(), SampleStand::mira);
    }

    void zeroGoesBack()
    {
        QVERIFY(m_stand->sessions->activate(SessionId(SampleStand::tomas)));
        const Open open(*m_stand);
        open.press(Qt::Key_0, Qt::ControlModifier);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::mira);
    }

    void escapeChangesNothing()
    {
        const Open open(*m_stand);
        open.type(u"gall"_s);
        open.press(Qt::Key_Escape);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::mira);
    }

    void itsOwnKeyClosesIt()
    {
        const Open open(*m_stand);
        open.type(u"mira"_s);
        open.press(Qt::Key_Home); // where Ctrl+K would delete what follows
        open.press(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::mira);
    }

    void goesWhenTheFocusLeaves()
    {
        const Open open(*m_stand);
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::mira);
    }

    void aClickSwitches()
    {
        const Open open(*m_stand);
        const QRect row = open.list()->visualRect(open.list()->model()->index(3, 0));
        QTest::mouseClick(open.list()->viewport(), Qt::LeftButton, {}, row.center());
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::garden);
    }

    void enterOnTheActiveOneOnlyCloses()
    {
        const Open open(*m_stand);
        QSignalSpy changed(m_stand->sessions.get(), &session::SessionManager::activeChanged);
        open.press(Qt::Key_Return);
        QVERIFY(open.isGone());
        QCOMPARE(changed.size(), 0);
    }

    void aRefusedSwitchIsSaidAndStays()
    {
        const Open open(*m_stand);
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"refusing"_s);
            db.setDatabaseName(m_stand->dir.filePath(u"hatstand.db"_s));
            QVERIFY(db.open());
            QVERIFY(QSqlQuery(db).exec(u"CREATE TRIGGER refuse BEFORE INSERT ON sessions BEGIN SELECT "
                                       "RAISE(ABORT, 'disk full'); END"_s));
        }
        QSqlDatabase::removeDatabase(u"refusing"_s);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_Return);
        QVERIFY(open.window->isVisible());
        QCOMPARE(active(), SampleStand::mira);
        const auto labels = open.window->findChildren<ElidedLabel*>();
        QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const ElidedLabel* label) {
            return label->isVisible() && label->fullText().startsWith(u"It did not work"_s);
        }));
        open.press(Qt::Key_Up); // one may choose again
        QVERIFY(open.button(u"Switch to Mira Okafor"_s));
    }

    void nothingMatches()
    {
        const Open open(*m_stand);
        open.type(u"zebra <b>x</b>"_s);
        QVERIFY(open.reads(u"Nothing matches \"zebra <b>x</b>\""_s));
        QVERIFY(!open.list()->isVisible());
        open.press(Qt::Key_Return); // nobody to switch to
        QVERIFY(open.window->isVisible());
        QCOMPARE(active(), SampleStand::mira);
        open.press(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), open.button(u"Clear search"_s));
        open.press(Qt::Key_Return);
        QVERIFY(open.list()->isVisible());
        QCOMPARE(open.names().size(), 6);
        QVERIFY(open.search()->hasFocus());
        QVERIFY(open.window->isVisible());
    }

    void nobodyYet()
    {
        WindowStand empty;
        const Open open(empty);
        QVERIFY(open.reads(u"No accounts yet"_s));
        QSignalSpy asked(open.window, &SwitcherWindow::addRequested);
        open.press(Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(open.isGone());
    }

    void footByTheKeyboard_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("log out") << u"Log out Mira Okafor…"_s;
        QTest::newRow("log out all") << u"Log out all…"_s;
        QTest::newRow("add") << u"Add account…"_s;
    }
    void footByTheKeyboard()
    {
        QFETCH(QString, command);
        const Open open(*m_stand);
        QSignalSpy added(open.window, &SwitcherWindow::addRequested);
        QSignalSpy logout(open.window, &SwitcherWindow::logoutRequested);
        QSignalSpy all(open.window, &SwitcherWindow::logoutAllRequested);
        QPushButton* button = open.button(command);
        QVERIFY(button);
        for (int i = 0; i < 5 && !button->hasFocus(); ++i)
            open.press(Qt::Key_Tab);
        QVERIFY(button->hasFocus());
        open.press(Qt::Key_Return);
        QVERIFY(open.isGone());
        QCOMPARE(added.size(), command.startsWith("Add"_L1) ? 1 : 0);
        QCOMPARE(all.size(), command.contains("all"_L1) ? 1 : 0);
        QCOMPARE(logout.size(), command.contains("Mira"_L1) ? 1 : 0);
        if (!logout.isEmpty())
            QCOMPARE(logout.constFirst().constFirst().value<SessionId>(), SessionId(SampleStand::mira));
        QCOMPARE(m_stand->sessions->count(), 6); // asked for, not done
    }

    void footNamesWhatThereIs()
    {
        QVERIFY(m_stand->sessions->activateNobody());
        const Open open(*m_stand);
        QVERIFY(!open.button(u"Log out Mira Okafor…"_s));
        QVERIFY(open.button(u"Log out all…"_s));
        QVERIFY(m_stand->sessions->activate(SessionId(SampleStand::garden)));
        QVERIFY(open.button(u"Log out Night Garden…"_s));
        QVERIFY(open.button(u"Add account…"_s)->toolTip().contains(u"(Ctrl+N)"_s));
    }

    void namesArePlainText()
    {
        const QString name = u"<b>Q&A</b> &desk"_s;
        QVERIFY(m_stand->sessions->rename(SessionId(SampleStand::mira), name));
        const Open open(*m_stand);
        QCOMPARE(open.names().constFirst(), name);
        QPushButton* logout = open.button(u"Log out <b>Q&A</b> &desk…"_s);
        QVERIFY(logout);
        QCOMPARE(logout->text(), u"Log out <b>Q&&A</b> &&desk…"_s); // shows "&", makes no mnemonic
    }

    void aLongNameIsCutAndSaidWhole()
    {
        const QString name = QString(64, u'W');
        QVERIFY(m_stand->sessions->rename(SessionId(SampleStand::mira), name));
        const Open open(*m_stand);
        QPushButton* logout = open.button(u"Log out %1…"_s.arg(name));
        QVERIFY(logout);
        QVERIFY(logout->text().endsWith(u'…') && !logout->text().endsWith(u"……"_s));
        QVERIFY(logout->toolTip().contains(name));
        QCOMPARE(open.window->width(), 480);
        QVERIFY(open.window->rect().contains(open.button(u"Log out all…"_s)->geometry()));
    }

    void aScreenReaderHearsRowsAndCommands()
    {
        const Open open(*m_stand);
        QAccessibleInterface* window = QAccessible::queryAccessibleInterface(open.window);
        QCOMPARE(window->role(), QAccessible::Dialog);
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(open.list());
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->child(0)->text(QAccessible::Name), u"Mira Okafor, Nostr, active, 1 of 6"_s);
        QCOMPARE(list->child(0)->role(), QAccessible::ListItem);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_Down);
        QPushButton* choose = open.button(u"Switch to Gallery"_s);
        QVERIFY(choose);
        QAccessibleActionInterface* actions
            = QAccessible::queryAccessibleInterface(choose)->actionInterface();
        actions->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::gallery);
    }

    void aScreenReaderCanChooseARow()
    {
        const Open open(*m_stand);
        QAccessibleInterface* row = QAccessible::queryAccessibleInterface(open.list())->child(3);
        QVERIFY(row->actionInterface());
        row->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        QCOMPARE(open.window->chosen(), SessionId(SampleStand::garden));
        QVERIFY(open.button(u"Switch to Night Garden"_s));
    }

    void followsWhatHappensMeanwhile()
    {
        const Open open(*m_stand);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_Down);
        QVERIFY(m_stand->sessions->move(SessionId(SampleStand::tomas), 1));
        QCOMPARE(open.names().constFirst(), u"Tomas Reyes"_s);
        QCOMPARE(open.chosen(), u"Gallery"_s); // not the row, but who was meant
        bool gone = false;
        m_stand->sessions->logout(
            SessionId(SampleStand::lumen), {}, [&gone](const Result<void>&) { gone = true; });
        QTRY_VERIFY(gone);
        QCOMPARE(open.names().size(), 5);
        QCOMPARE(open.chosen(), u"Gallery"_s);
        open.type(u"pelican"_s);
        QVERIFY(open.names().isEmpty());
        QVERIFY(m_stand->sessions->rename(SessionId(SampleStand::garden), u"Pelican"_s));
        QCOMPARE(open.names(), QStringList{u"Pelican"_s});
    }

    void keysAreThoseThatAreSet()
    {
        QVERIFY(m_stand->settings.set(u"shortcuts.accounts"_s, u"Alt"_s));
        const Open open(*m_stand);
        open.press(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(active(), SampleStand::mira);
        open.press(Qt::Key_3, Qt::AltModifier);
        QVERIFY(open.isGone());
        QCOMPARE(active(), SampleStand::gallery);
    }

    void place_data()
    {
        QTest::addColumn<QRect>("available");
        QTest::addColumn<QRect>("icon");
        QTest::addColumn<QPoint>("topLeft");
        const QRect screen(0, 0, 1000, 1000);
        QTest::newRow("the middle, at 20 %") << screen << QRect() << QPoint(260, 200);
        QTest::newRow("above an icon below")
            << screen.adjusted(0, 0, 0, -40) << QRect(500, 965, 20, 20) << QPoint(269, 460);
        QTest::newRow("below an icon above")
            << screen.adjusted(0, 40, 0, 0) << QRect(500, 10, 20, 20) << QPoint(269, 40);
        QTest::newRow("in the corner") << screen << QRect(970, 970, 20, 20) << QPoint(520, 466);
        QTest::newRow("too far down") << QRect(0, 0, 1000, 600) << QRect() << QPoint(260, 100);
    }
    void place()
    {
        QFETCH(QRect, available);
        QFETCH(QRect, icon);
        QFETCH(QPoint, topLeft);
        QCOMPARE(switcherPlace(QRect(0, 0, 1000, 1000), available, QSize(480, 500), icon),
            QRect(topLeft, QSize(480, 500)));
    }
};

QTEST_MAIN(TestSwitcher)
#include "tst_switcher.moc"
