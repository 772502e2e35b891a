// SPDX-License-Identifier: MIT
#include "tests/ui/WindowStand.h"
#include "ui/theme/QrCode.h"
#include "ui/theme/Theme.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/AccountCombo.h"
#include "ui/windows/DetailPane.h"
#include "ui/windows/EmptyPage.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/SearchField.h"
#include "ui/windows/SessionListView.h"
#include "ui/windows/StatusLine.h"
#include "ui/windows/WindowDialogs.h"

#include <QAccessible>
#include <QClipboard>
#include <QCloseEvent>
#include <QComboBox>
#include <QDialog>
#include <QFocusFrame>
#include <QLabel>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVariantAnimation>
#include <qrencode.h>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;
using test::SampleStand;
using test::WindowStand;

namespace {

/// A window over a stand, shown and with the focus.
struct Shown
{
    explicit Shown(bool withSix)
    {
        if (withSix)
            stand.addSix();
        window = std::make_unique<MainWindow>(stand.context);
        window->show();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window is not active");
    }

    [[nodiscard]] QPushButton* button(const QString& accessibleName) const
    {
        const auto all = window->findChildren<QPushButton*>();
        for (QPushButton* one : all) {
            if (one->isVisible()
                && (one->accessibleName() == accessibleName || one->text() == accessibleName))
                return one;
        }
        return nullptr;
    }

    /// A label says so, for the eye.
    [[nodiscard]] bool reads(const QString& text) const { return texts(window.get()).contains(text); }
    [[nodiscard]] static QStringList texts(const QWidget* in)
    {
        QStringList all;
        const auto labels = in->findChildren<QLabel*>();
        for (const QLabel* label : labels) {
            const auto* elided = qobject_cast<const ElidedLabel*>(label);
            if (label->isVisible())
                all += elided ? elided->fullText() : label->text();
        }
        return all;
    }

    [[nodiscard]] SessionListView* list() const { return window->findChild<SessionListView*>(); }
    [[nodiscard]] StatusLine* status() const { return window->findChild<StatusLine*>(); }
    [[nodiscard]] QString listed(int row) const { return list()->model()->index(row, 0).data().toString(); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), static_cast<Qt::Key>(key), modifiers);
    }

    WindowStand stand;
    std::unique_ptr<MainWindow> window;
};

class EventCount final : public QObject
{
public:
    EventCount(QObject* of, QEvent::Type type)
        : m_type(type)
    {
        of->installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override
    {
        count += event->type() == m_type ? 1 : 0;
        return false;
    }
    int count = 0;

private:
    QEvent::Type m_type;
};

/// A painter's other end: keeps the texts that are drawn, and nothing else.
class DrawnTexts final : public QPaintDevice
{
public:
    explicit DrawnTexts(QWidget& widget)
        : m_size(widget.size())
    {
        widget.render(this, {}, {}, QWidget::DrawWindowBackground);
    }
    [[nodiscard]] QStringList texts() const { return m_engine.texts; }
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric what) const override
    {
        switch (what) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmDepth:
            return 32;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatio:
            return 1;
        default:
            return QPaintDevice::metric(what);
        }
    }

private:
    class Engine final : public QPaintEngine
    {
    public:
        Engine()
            : QPaintEngine(AllFeatures)
        {
        }
        bool begin(QPaintDevice*) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState&) override { }
        void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { }
        void drawPath(const QPainterPath&) override { }
        void drawPolygon(const QPointF*, int, PolygonDrawMode) override { }
        void drawTextItem(const QPointF&, const QTextItem& item) override { texts += item.text(); }
        [[nodiscard]] Type type() const override { return User; }
        QStringList texts;
    };
    QSize m_size;
    mutable Engine m_engine;
};

/// The QR code's modules as they are seen, by the middle of each; empty where something is neither black nor
/// white.
QByteArray modulesOf(const QImage& picture, int modules)
{
    const int pixels = picture.width() / (modules + 8); // whole ones, with a quiet zone of four on each side
    const int start = (picture.width() - pixels * modules) / 2;
    QByteArray seen;
    for (int y = 0; y < modules; ++y) {
        for (int x = 0; x < modules; ++x) {
            const QRgb colour
                = picture.pixel(start + x * pixels + pixels / 2, start + y * pixels + pixels / 2)
                | 0xff000000;
            if (colour != qRgb(0, 0, 0) && colour != qRgb(255, 255, 255))
                return {};
            seen += colour == qRgb(0, 0, 0) ? '1' : '0';
        }
    }
    return seen;
}

/// What a reader of this very text would have to see: the library's own code of it.
QByteArray modulesFor(const QString& text)
{
    QRcode* code = QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M);
    QByteArray expected;
    for (int i = 0; i < code->width * code->width; ++i)
        expected += (code->data[i] & 1) != 0 ? '1' : '0';
    QRcode_free(code);
    return expected;
}

QStringList cutOff(const QWidget& window)
{
    QStringList cut;
    const auto labels = window.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const QSize needs
            = label->wordWrap() ? QSize(0, label->heightForWidth(label->width())) : label->sizeHint();
        if (needs.width() > label->width() || needs.height() > label->height())
            cut += label->text();
    }
    const auto buttons = window.findChildren<QPushButton*>();
    for (const QPushButton* button : buttons) {
        if (button->isVisible() && button->sizeHint().width() > button->width())
            cut += button->text();
    }
    return cut;
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QGuiApplication::clipboard()->clear(); }

    void withoutAccountsOneButtonHasTheFocus()
    {
        const Shown shown(false);
        QVERIFY(shown.window->findChild<EmptyPage*>()->isVisible());
        QVERIFY(!shown.window->findChild<AccountCombo*>()->isVisible());
        QSignalSpy asked(shown.window.get(), &MainWindow::addRequested);
        auto* focused = qobject_cast<QPushButton*>(QApplication::focusWidget());
        QVERIFY(focused);
        QCOMPARE(focused->text(), u"Add account"_s);
        QVERIFY(focused->height() >= 40);
        shown.press(Qt::Key_Space);
        QCOMPARE(asked.size(), 1);
        shown.press(Qt::Key_Return);
        QCOMPARE(asked.size(), 2);
        QSignalSpy watching(shown.window.get(), &MainWindow::addWatchRequested);
        shown.button(u"Watch an account…"_s)->setFocus(Qt::TabFocusReason);
        shown.press(Qt::Key_Return);
        QCOMPARE(watching.size(), 1);
    }

    void theFirstAccountReplacesTheEmptyPage()
    {
        Shown shown(false);
        const SessionId id = shown.stand.add(SampleStand::mira, u"Mira Okafor"_s);
        QVERIFY(!shown.window->findChild<EmptyPage*>()->isVisible());
        QVERIFY(shown.list()->isVisible());
        QCOMPARE(shown.window->shown(), id);
        QVERIFY2(!shown.window->findChild<AccountCombo*>()->isVisible(), "one account needs no switch");
        shown.stand.add(SampleStand::lumen, u"Lumen Press"_s);
        QVERIFY(shown.window->findChild<AccountCombo*>()->isVisible());
    }

    void aSwitchButtonSwitches()
    {
        Shown shown(true);
        QTRY_VERIFY(shown.button(u"Switch to Lumen Press"_s));
        QVERIFY(!shown.button(u"Switch to Mira Okafor"_s));
        QTest::mouseClick(shown.button(u"Switch to Lumen Press"_s), Qt::LeftButton);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::lumen));
        QCOMPARE(shown.status()->shownText(), u"Now using Lumen Press"_s);
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::lumen));
        QTRY_VERIFY(!shown.button(u"Switch to Lumen Press"_s));
        QTRY_VERIFY(shown.button(u"Switch to Mira Okafor"_s));
    }

    void followsASwitchFromElsewhere()
    {
        Shown shown(true);
        QVERIFY(shown.stand.sessions->activate(SessionId(SampleStand::gallery)));
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::gallery));
        QCOMPARE(shown.list()->currentIndex().data().toString(), u"Gallery"_s);
        QCOMPARE(shown.window->findChild<AccountCombo*>()->currentText(), u"Gallery"_s);
        QVERIFY(shown.stand.sessions->activateNobody());
        QCOMPARE(shown.window->findChild<AccountCombo*>()->currentIndex(), -1);
    }

    void theQuickSwitchSwitches()
    {
        Shown shown(true);
        auto* combo = shown.window->findChild<AccountCombo*>();
        combo->setFocus();
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::lumen));
        QCOMPARE(combo->currentText(), u"Lumen Press"_s);
    }

    void lookingAtAnAccountDoesNotSwitchToIt()
    {
        Shown shown(true);
        shown.list()->setFocus();
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::lumen));
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::mira));
        shown.press(Qt::Key_Return);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::lumen));
    }

    void keysSwitch()
    {
        Shown shown(true);
        shown.list()->setFocus();
        shown.press(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::gallery));
        shown.press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::garden));
        shown.press(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::gallery));
        shown.press(Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::gallery));
    }

    void keysMoveAccounts()
    {
        Shown shown(true);
        shown.list()->setFocus();
        shown.press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shown.listed(1), u"Mira Okafor"_s);
        QCOMPARE(shown.list()->currentIndex().data().toString(), u"Mira Okafor"_s);
        shown.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(shown.listed(0), u"Mira Okafor"_s);
        QVERIFY(shown.stand.settings.set(u"ui.order"_s, u"name"_s));
        shown.press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shown.stand.sessions->positionOf(SessionId(SampleStand::mira)), 1);
    }

    void f2EditsTheNameInPlace()
    {
        Shown shown(true);
        shown.list()->setFocus();
        shown.press(Qt::Key_F2);
        auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(editor);
        QCOMPARE(editor->text(), u"Mira Okafor"_s);
        QTest::keyClicks(editor, u"At home"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(shown.listed(0), u"At home"_s);
        QVERIFY(shown.window->windowTitle() == u"Hatstand"_s);
    }

    void aRefusedNameIsSaid()
    {
        Shown shown(true);
        shown.list()->setFocus();
        shown.press(Qt::Key_F2);
        auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(editor);
        QTest::keyClicks(editor, u"next"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(shown.status()->shownText() != u"System keychain, unlocked"_s);
        QCOMPARE(shown.listed(0), u"Mira Okafor"_s);
    }

    void deleteAsksToLogOutTheShownOneButNotWhileTyping()
    {
        Shown shown(true);
        QSignalSpy asked(shown.window.get(), &MainWindow::logoutRequested);
        shown.press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(qobject_cast<SearchField*>(QApplication::focusWidget()));
        shown.press(Qt::Key_Delete);
        QCOMPARE(asked.size(), 0);
        shown.list()->setFocus();
        shown.press(Qt::Key_Down);
        shown.press(Qt::Key_Delete);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<SessionId>(), SessionId(SampleStand::lumen));
        QCOMPARE(shown.stand.sessions->count(), 6);
    }

    void whoIsShownAndWhoIsSelectedAreNeverTwo()
    {
        Shown shown(true);
        auto* search = shown.window->findChild<SearchField*>();
        QSignalSpy asked(shown.window.get(), &MainWindow::logoutRequested);
        search->setText(u"press"_s); // hides who is shown
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::mira));
        QVERIFY(!shown.list()->currentIndex().isValid());
        QVERIFY(!shown.list()->selectionModel()->hasSelection());
        QVERIFY(shown.stand.sessions->activate(SessionId(SampleStand::gallery)));
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::gallery));
        QVERIFY(!shown.list()->currentIndex().isValid());

        shown.list()->setFocus();
        shown.press(Qt::Key_Down); // to a row that there is
        QCOMPARE(shown.window->shown(), shown.list()->idAt(shown.list()->currentIndex()));
        shown.press(Qt::Key_Delete);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<SessionId>(), shown.window->shown());

        search->setText(u"gallery"_s);
        QVERIFY(shown.stand.sessions->activate(SessionId(SampleStand::mira)));
        search->clear();
        QCOMPARE(shown.list()->currentIndex().data().toString(), u"Mira Okafor"_s);
        QVERIFY(shown.list()->selectionModel()->isSelected(shown.list()->currentIndex()));
    }

    void searchNarrowsAndSaysWhenNothingIsLeft()
    {
        Shown shown(true);
        shown.press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u"press"_s);
        QCOMPARE(shown.list()->model()->rowCount(), 2);
        QTest::keyClicks(QApplication::focusWidget(), u"xyz"_s);
        QVERIFY(!shown.list()->isVisible());
        QPushButton* clear = shown.button(u"Clear search"_s);
        QVERIFY(clear);
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(shown.list()->model()->rowCount(), 6);
        QVERIFY(shown.list()->isVisible());
    }

    void aLoggedOutAccountIsShownNoLonger()
    {
        Shown shown(true);
        bool done = false;
        shown.stand.sessions->logout(
            SessionId(SampleStand::mira), {}, [&done](const Result<void>& r) { done = r.has_value(); });
        QTRY_VERIFY(done);
        QVERIFY(shown.stand.sessions->find(shown.window->shown()));
        shown.stand.sessions->logoutAll({}, [](const Result<void>&) {});
        QTRY_VERIFY(shown.window->findChild<EmptyPage*>()->isVisible());
        QVERIFY(shown.window->shown().isEmpty());
    }

    void copiesTheKeyAndSaysSo()
    {
        Shown shown(true);
        QPushButton* copy = shown.button(u"Copy hex key of Mira Okafor"_s);
        QVERIFY(copy);
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), SessionId(SampleStand::mira).identity());
        QCOMPARE(shown.status()->shownText(), u"Copied the public key in hex"_s);
    }

    void theNumberOfAccountsIsSaid()
    {
        Shown shown(false);
        shown.stand.add(SampleStand::mira, u"Mira Okafor"_s);
        shown.stand.add(SampleStand::lumen, u"Lumen Press"_s);
        shown.stand.add(SampleStand::gallery, u"Gallery"_s);
        QVERIFY(shown.reads(u"All accounts (3)"_s));
        auto* combo = shown.window->findChild<AccountCombo*>();
        QVERIFY2(
            DrawnTexts(*combo).texts().contains(u"(3)"_s), qPrintable(DrawnTexts(*combo).texts().join(u'|')));
        QVERIFY(combo->accessibleName().contains(u"one of 3"_s));
        QVERIFY(shown.stand.sessions->rename(shown.stand.sessions->active(), u"%1 %2 %3"_s));
        QVERIFY(combo->accessibleName().contains(u"%1 %2 %3, one of 3"_s)); // a name is no place for more
        shown.stand.add(SampleStand::garden, u"Night Garden"_s);
        QVERIFY(shown.reads(u"All accounts (4)"_s));
        QVERIFY(DrawnTexts(*combo).texts().contains(u"(4)"_s));
    }

    void theDetailSideTellsAll_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QStringList>("forms"); ///< of the identity; each can be copied
        QTest::addColumn<QString>("code"); ///< what the QR code holds
        QTest::addColumn<QStringList>("says");
        const QString npub = u"npub1nh9huxtdgqxnuz323tv30ugz5sjy09w3aekfnnk0z7m69cdvxrkq2krhsk"_s;
        const QString rests = u"System keychain, one entry for this account"_s;
        QTest::newRow("Nostr, a key")
            << SampleStand::mira << QStringList{SampleStand::mira.mid(6), npub, u"nostr:"_s + npub}
            << u"nostr:"_s + npub << QStringList{u"Key on this computer"_s, rests, u"Ready"_s};
        QTest::newRow("Antelope, a key")
            << SampleStand::gallery
            << QStringList{u"miragallery2"_s, SampleStand::gallery.section(u':', 1, 1),
                   u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s}
            << u"miragallery2"_s
            << QStringList{u"active"_s, u"WAX"_s, u"Key on this computer"_s, rests, u"Ready"_s};
        QTest::newRow("an encrypted key")
            << SampleStand::garden << QStringList{SampleStand::garden.mid(6)} << QString()
            << QStringList{u"Encrypted key, passphrase at each use"_s, rests, u"Ready"_s};
        QTest::newRow("watched") << SampleStand::tomas << QStringList{SampleStand::tomas.mid(6)} << QString()
                                 << QStringList{u"Nothing: watch-only"_s};
        QTest::newRow("a key that is gone")
            << SampleStand::treasury << QStringList{u"lumenpressdo"_s} << QString()
            << QStringList{u"Key on this computer"_s, rests, u"No key"_s};
    }

    void theDetailSideTellsAll()
    {
        QFETCH(QString, id);
        QFETCH(QStringList, forms);
        QFETCH(QString, code);
        QFETCH(QStringList, says);
        Shown shown(true);
        shown.stand.vault->drop(SampleStand::treasury);
        shown.stand.sessions->refreshStates();
        QVERIFY(shown.stand.sessions->activate(SessionId(id)));
        auto* detail = shown.window->findChild<DetailPane*>();
        QTRY_COMPARE(detail->shown(), SessionId(id));
        QCoreApplication::processEvents();
        const QStringList texts = Shown::texts(detail);
        for (const QString& text : says)
            QVERIFY2(texts.contains(text), qPrintable(text + u" is not among "_s + texts.join(u'|')));
        QCOMPARE(texts.contains(u"Secret rests in"_s), id != SampleStand::tomas);
        QStringList copied;
        const auto buttons = detail->findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (!button->isVisible() || !button->accessibleName().startsWith(u"Copy "_s))
                continue;
            QTest::mouseClick(button, Qt::LeftButton);
            copied += QGuiApplication::clipboard()->text();
        }
        for (const QString& form : forms) {
            QVERIFY2(texts.contains(form), qPrintable(form));
            QVERIFY2(copied.contains(form), qPrintable(form));
        }
        if (code.isEmpty())
            return; // the other rows look at it
        QList<QrCode*> codes = detail->findChildren<QrCode*>();
        codes.removeIf([](const QrCode* one) { return !one->isVisible(); }); // of the account before
        QCOMPARE(codes.size(), 1);
        QrCode* qr = codes.first();
        QCOMPARE(modulesOf(qr->grab().toImage(), qr->modules()), modulesFor(code));
    }

    void anAccountWithoutItsKeyIsGreyedAndCanBeRepaired()
    {
        Shown shown(true);
        shown.stand.vault->drop(SampleStand::treasury);
        shown.stand.sessions->refreshStates();
        QTRY_VERIFY(shown.button(u"Repair Press treasury"_s));
        QSignalSpy asked(shown.window.get(), &MainWindow::repairRequested);
        QTest::mouseClick(shown.button(u"Repair Press treasury"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::mira));
    }

    void aLockedVaultIsSaidAndCanBeUnlocked()
    {
        Shown shown(true);
        QCOMPARE(shown.status()->shownText(), u"System keychain, unlocked"_s);
        shown.stand.vault->setState(secrets::VaultState::Locked);
        QTRY_COMPARE(shown.status()->shownText(), u"System keychain, locked"_s);
        QSignalSpy asked(shown.window.get(), &MainWindow::unlockRequested);
        QPushButton* unlock = shown.status()->findChild<QPushButton*>();
        QVERIFY(unlock->isVisible());
        QTest::mouseClick(unlock, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void waitingForTheKeychainCanBeEnded()
    {
        Shown shown(true);
        shown.stand.vault->hold();
        std::optional<Result<void>> answer;
        shown.stand.sessions->logout(
            SessionId(SampleStand::garden), {}, [&answer](const Result<void>& result) { answer = result; });
        Q_EMIT shown.stand.vault->waitingChanged(true);
        QCOMPARE(shown.status()->shownText(), u"Waiting for the system keychain…"_s);
        QPushButton* cancel = shown.button(u"Stop waiting for the system keychain"_s);
        QVERIFY(cancel && cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->error().code, ErrorCode::Cancelled);
        QVERIFY(shown.stand.sessions->find(SessionId(SampleStand::garden)));
        QTRY_COMPARE(shown.status()->shownText(), u"System keychain, unlocked"_s);
        QVERIFY(!cancel->isVisible());
    }

    void waitingIsNotHiddenByANote()
    {
        Shown shown(true);
        Q_EMIT shown.stand.vault->waitingChanged(true);
        shown.window->note(u"Now using Gallery"_s);
        QPushButton* cancel = shown.button(u"Stop waiting for the system keychain"_s);
        QVERIFY(cancel && cancel->isVisible());
        QCOMPARE(shown.status()->shownText(), u"Now using Gallery"_s);
    }

    void aLongComplaintIsReadRatherThanTheHints()
    {
        Shown shown(true);
        const auto hints = [&] {
            const auto labels = shown.status()->findChildren<QLabel*>();
            return *std::find_if(labels.cbegin(), labels.cend(),
                [&](const QLabel* label) { return label->text() == shown.status()->hintText(); });
        };
        QVERIFY(hints()->isVisible());
        shown.window->complain(u"This label would be taken for a key or an account. Choose another one."_s);
        QVERIFY(!hints()->isVisible());
    }

    void aSilentKeychainIsAskedAgain()
    {
        Shown shown(true);
        shown.stand.vault->setState(secrets::VaultState::Unavailable);
        QTRY_COMPARE(shown.status()->shownText(), u"The system keychain does not answer"_s);
        QPushButton* again = shown.button(u"Try again"_s);
        QVERIFY(again);
        const int asked = shown.stand.vault->keyLists;
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_VERIFY(shown.stand.vault->keyLists > asked);
    }

    void theVaultThatIsLockedIsNamed()
    {
        Shown shown(true);
        const QModelIndex row = shown.list()->model()->index(0, 0);
        shown.stand.sessions->noteUse(SessionId(SampleStand::mira), ErrorCode::Locked);
        QCOMPARE(row.data(SessionModel::ReasonRole).toString(), u"The keychain is locked"_s);
        shown.stand.vault->setKind(secrets::VaultKind::Passphrase);
        shown.stand.vault->setState(secrets::VaultState::Locked);
        QCOMPARE(row.data(SessionModel::ReasonRole).toString(), u"Locked"_s);
    }

    void whatCanNotBeUsedIsPaleInTheQuickSwitchToo()
    {
        Shown shown(true);
        auto* combo = shown.window->findChild<AccountCombo*>();
        const auto strongest = [combo] { // of the picture: how far its ink is from the ground
            const QImage image = combo->grab(QRect(6, (combo->height() - 24) / 2, 24, 24)).toImage();
            int least = 255;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    least = std::min(least, image.pixelColor(x, y).blue());
            }
            return least;
        };
        const int before = strongest();
        shown.stand.sessions->noteUse(SessionId(SampleStand::mira), ErrorCode::SecretMissing);
        QVERIFY2(strongest() > before + 60, qPrintable(u"%1 %2"_s.arg(before).arg(strongest())));
    }

    // A screen reader speaks an alert when it comes up, so each text has to come up anew. (Off the screen Qt
    // sends no accessibility events; the tour has them from the real bus.)
    void eachSwitchIsAnnounced()
    {
        Shown shown(true);
        QVERIFY(shown.stand.sessions->activate(SessionId(SampleStand::gallery)));
        auto* note = shown.status()->findChild<ElidedLabel*>(u"note"_s);
        QVERIFY(note && note->isVisible());
        QAccessibleInterface* alert = QAccessible::queryAccessibleInterface(note);
        QCOMPARE(alert->role(), QAccessible::AlertMessage);
        QCOMPARE(note->fullText(), u"Now using Gallery"_s);
        QCOMPARE(alert->text(QAccessible::Name), u"Now using Gallery"_s);
        EventCount shows(note, QEvent::Show);
        QVERIFY(shown.stand.sessions->activate(SessionId(SampleStand::tomas)));
        QCOMPARE(alert->text(QAccessible::Name), u"Now using Tomas Reyes"_s);
        QCOMPARE(shows.count, 1);
    }

    void aLogoutCanBeTakenBack_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("byKey");
        QTest::newRow("watched, Ctrl+Z") << SampleStand::tomas << u"Tomas Reyes"_s << true;
        QTest::newRow("watched, button") << SampleStand::tomas << u"Tomas Reyes"_s << false;
        QTest::newRow("a key that rests, button") << SampleStand::gallery << u"Gallery"_s << false;
        QTest::newRow("the active one, Ctrl+Z") << SampleStand::mira << u"Mira Okafor"_s << true;
    }
    void aLogoutCanBeTakenBack()
    {
        QFETCH(QString, id);
        QFETCH(QString, name);
        QFETCH(bool, byKey);
        Shown shown(true);
        const session::Session before = *shown.stand.sessions->find(SessionId(id));
        const qsizetype position = shown.stand.sessions->positionOf(before.id);
        const QString undo = u"Undo logging out "_s + name;
        QVERIFY(!shown.button(undo));
        shown.stand.sessions->logout(before.id, {}, [](const Result<void>& done) { QVERIFY(done); });
        QTRY_VERIFY(shown.button(undo));
        QCOMPARE(shown.status()->shownText(), u"Logged out "_s + name);
        QVERIFY(shown.button(undo)->toolTip().contains(u"Ctrl+Z"_s));
        if (byKey) {
            shown.press(Qt::Key_Z, Qt::ControlModifier);
        } else {
            for (int i = 0; i < 60 && !shown.button(undo)->hasFocus(); ++i)
                shown.press(Qt::Key_Tab);
            QVERIFY(shown.button(undo)->hasFocus());
            shown.press(Qt::Key_Return);
        }
        QTRY_VERIFY(shown.stand.sessions->find(before.id));
        QCOMPARE(*shown.stand.sessions->find(before.id), before);
        QCOMPARE(shown.stand.sessions->positionOf(before.id), position);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::mira));
        QVERIFY(!shown.button(undo));
        QCOMPARE(shown.status()->shownText(), name + u" is back"_s);
    }

    void undoIsOfferedForAWhile()
    {
        Shown shown(true);
        int undone = 0;
        shown.status()->offerUndo(u"Logged out X"_s, u"Undo X"_s, [&undone] { ++undone; });
        shown.window->note(u"Copied the public key"_s); // said meanwhile, and takes nothing away
        QCOMPARE(shown.status()->shownText(), u"Copied the public key"_s);
        QVERIFY(shown.button(u"Undo X"_s));
        QTRY_COMPARE(shown.status()->shownText(), u"Logged out X"_s);
        shown.status()->offerUndo(
            u"Logged out Y"_s, u"Undo Y"_s, [&undone] { ++undone; }, std::chrono::milliseconds(1));
        QTRY_VERIFY(!shown.button(u"Undo Y"_s));
        shown.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone, 0);
        QVERIFY(!shown.status()->shownText().contains(u"Logged out"_s));
    }

    void undoIsNotOfferedForWhatIsBackOrGone()
    {
        Shown shown(true);
        auto& sessions = *shown.stand.sessions;
        sessions.logout(SessionId(SampleStand::gallery), {.forget = true}, {});
        QTRY_VERIFY(!sessions.find(SessionId(SampleStand::gallery)));
        QVERIFY(!shown.button(u"Undo logging out Gallery"_s));
        sessions.logout(SessionId(SampleStand::tomas), {}, {});
        QTRY_VERIFY(shown.button(u"Undo logging out Tomas Reyes"_s));
        shown.stand.add(SampleStand::tomas, u"Tom"_s, SignerKind::WatchOnly);
        QVERIFY(!shown.button(u"Undo logging out Tomas Reyes"_s));
    }

    void hintsNameTheKeysThatAreSet()
    {
        Shown shown(true);
        QCOMPARE(shown.status()->hintText(), u"Ctrl+K quick switch · Ctrl+/ shortcuts"_s);
        QVERIFY(shown.stand.settings.set(u"shortcuts.switcher"_s, u"Ctrl+J"_s));
        QVERIFY(shown.stand.settings.set(u"shortcuts.help"_s, u"none"_s));
        QCOMPARE(shown.status()->hintText(), u"Ctrl+J quick switch"_s);
        QSignalSpy asked(shown.window.get(), &MainWindow::switcherRequested);
        shown.press(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(asked.size(), 1);
    }

    void whatIsPastedLeadsToAdding_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("inSearch");
        QTest::addColumn<int>("asked");
        const QString npub = u"npub1fc909qyn8cs23lw27kw7gvv8fn549hunj33ej4rh6n93luent0nqjj83qz"_s;
        const QString nsec = u"nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"_s;
        QTest::newRow("npub") << npub << false << 1;
        QTest::newRow("prose") << u"hello there"_s << false << 0;
        QTest::newRow("npub in the search field") << npub << true << 0;
        QTest::newRow("private key in the search field") << nsec << true << 1;
    }

    void whatIsPastedLeadsToAdding()
    {
        QFETCH(QString, text);
        QFETCH(bool, inSearch);
        QFETCH(int, asked);
        Shown shown(true);
        QSignalSpy spy(shown.window.get(), &MainWindow::addRequested);
        QGuiApplication::clipboard()->setText(text);
        auto* search = shown.window->findChild<SearchField*>();
        if (inSearch)
            search->setFocus();
        else
            shown.list()->setFocus();
        shown.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(spy.size(), asked);
        if (asked == 1) {
            QVERIFY(spy.first().first().value<SharedSecret>()->text() == text.toStdString());
            QVERIFY(search->text().isEmpty());
        }
    }

    void withoutATrayClosingOnlyMinimises()
    {
        Shown shown(true);
        const QString note = u"This desktop has no tray, so the window is the switcher."_s;
        QVERIFY(!shown.reads(note)); // not known yet
        shown.window->setHasTray(false);
        QVERIFY(shown.reads(note));
        shown.window->close();
        QVERIFY(shown.window->isVisible());
        QVERIFY(shown.window->isMinimized());
        shown.window->showAccounts();
        QVERIFY(!shown.window->isMinimized());
        QVERIFY(shown.reads(note));
        shown.window->setHasTray(true);
        QVERIFY(!shown.reads(note));
        shown.window->close();
        QVERIFY(!shown.window->isVisible());
    }

    void narrowTheDetailCoversTheListAndLeadsBack()
    {
        Shown shown(true);
        shown.window->resize(720, 480);
        QVERIFY(shown.list()->isVisible());
        auto* detail = shown.window->findChild<DetailPane*>();
        QVERIFY(!detail->isVisible());
        const QRect row = shown.list()->visualRect(shown.list()->model()->index(1, 0));
        QTest::mouseClick(shown.list()->viewport(), Qt::LeftButton, {}, QPoint(100, row.center().y()));
        QVERIFY(detail->isVisible());
        QVERIFY(!shown.list()->isVisible());
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::lumen));
        QTest::mouseClick(shown.button(u"Back to the accounts"_s), Qt::LeftButton);
        QVERIFY(shown.list()->isVisible());
        shown.window->resize(1200, 800);
        QVERIFY(detail->isVisible());
    }

    void theBackButtonHasTheRing()
    {
        Shown shown(true);
        shown.window->resize(720, 480);
        shown.list()->setFocus();
        shown.press(Qt::Key_Right);
        QPushButton* back = shown.button(u"Back to the accounts"_s);
        QVERIFY(back && back->hasFocus());
        const auto isRinged = [&] {
            const auto frames = shown.window->findChildren<QFocusFrame*>();
            return std::any_of(frames.cbegin(), frames.cend(),
                [back](const QFocusFrame* frame) { return frame->widget() == back && frame->isVisible(); });
        };
        QTRY_VERIFY(isRinged());
    }

    void rowsSlideToTheirNewPlacesWithTheirButtons()
    {
        Shown shown(true);
        shown.stand.themes.setReducedMotion(false);
        shown.list()->setFocus();
        QTRY_VERIFY(shown.button(u"Switch to Lumen Press"_s));
        const auto* button = shown.button(u"Switch to Lumen Press"_s);
        const int before = button->y();
        shown.press(Qt::Key_Down, Qt::AltModifier);
        const QModelIndex lumen = shown.list()->model()->index(0, 0);
        QCOMPARE(lumen.data().toString(), u"Lumen Press"_s);
        QVERIFY(shown.list()->slideOf(lumen) > 0); // still below where it goes
        QVERIFY(shown.list()->slideOf(shown.list()->model()->index(1, 0)) < 0);
        QCOMPARE(shown.list()->slideOf(shown.list()->model()->index(3, 0)), 0);
        QSignalSpy moved(shown.list(), &SessionListView::slid);
        QTRY_COMPARE(shown.list()->slideOf(lumen), 0);
        QVERIFY(moved.size() > 0);
        QTRY_VERIFY(shown.button(u"Switch to Lumen Press"_s));
        QTRY_COMPARE(shown.button(u"Switch to Lumen Press"_s)->y(), before - 64);
    }

    void theDetailFadesInAndIsSharpAfterwards()
    {
        Shown shown(true);
        const auto* content = shown.window->findChild<DetailPane*>()->findChild<QScrollArea*>()->widget();
        shown.list()->setFocus();
        shown.press(Qt::Key_Down);
        QVERIFY(!content->graphicsEffect()); // less motion: at once
        shown.stand.themes.setReducedMotion(false);
        shown.press(Qt::Key_Down);
        QVERIFY(content->graphicsEffect());
        QCOMPARE(shown.window->shown(), SessionId(SampleStand::gallery));
        auto* fade = content->findChild<QVariantAnimation*>();
        QVERIFY(fade);
        QSignalSpy ended(fade, &QVariantAnimation::finished);
        QVERIFY(ended.wait());
        QVERIFY(!content->graphicsEffect());
    }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("six");
        QTest::addColumn<bool>("detail");
        for (const bool six : {false, true}) {
            QTest::newRow(six ? "small, six" : "small, none") << QSize(720, 480) << six << false;
            QTest::newRow(six ? "large, six" : "large, none") << QSize(1200, 800) << six << false;
        }
        QTest::newRow("at the brink") << QSize(960, 640) << true << false;
        QTest::newRow("small, detail") << QSize(720, 480) << true << true;
    }

    void rowsGrowWithTheFont()
    {
        const QFont usual = QApplication::font();
        QFont large = usual;
        large.setPointSize(16);
        QApplication::setFont(large);
        const auto restore = qScopeGuard([usual] { QApplication::setFont(usual); });
        {
            Shown shown(true);
            const int line = QFontMetrics(ui::font(TextStyle::Strong)).height();
            QVERIFY(shown.list()->visualRect(shown.list()->model()->index(0, 0)).height() >= 2 * line + 20);
            QTRY_VERIFY(shown.button(u"Switch to Lumen Press"_s));
            const QPushButton* button = shown.button(u"Switch to Lumen Press"_s);
            QVERIFY(button->height() >= button->sizeHint().height());
            shown.window->resize(1400, 900);
            QTRY_COMPARE(cutOff(*shown.window), QStringList());
        }
    }

    void nothingIsCutOff()
    {
        QFETCH(QSize, size);
        QFETCH(bool, six);
        QFETCH(bool, detail);
        Shown shown(six);
        if (six)
            QVERIFY(shown.stand.sessions->activate(SessionId(SampleStand::gallery)));
        shown.window->resize(size);
        QCOMPARE(shown.window->size(), size);
        if (detail) {
            shown.list()->setFocus();
            shown.press(Qt::Key_Right);
        }
        QCoreApplication::processEvents();
        QTRY_COMPARE(cutOff(*shown.window), QStringList());
    }

    void everythingHasAName()
    {
        Shown shown(true);
        shown.stand.vault->setKind(secrets::VaultKind::Passphrase);
        shown.stand.vault->setState(secrets::VaultState::Locked);
        QCoreApplication::processEvents();
        const auto widgets = shown.window->findChildren<QWidget*>();
        int checked = 0;
        for (QWidget* widget : widgets) {
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool field = qobject_cast<QComboBox*>(widget) || qobject_cast<QLineEdit*>(widget);
            if (!widget->isVisible() || (!button && !field))
                continue;
            const QString name
                = button && widget->accessibleName().isEmpty() ? button->text() : widget->accessibleName();
            QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
            if (qobject_cast<QComboBox*>(widget)) // whose name on Unix is what it shows
                QVERIFY(!widget->accessibleDescription().isEmpty());
            ++checked;
        }
        QVERIFY(checked > 10);
    }

    void aThousandAccountsNeedNoMoreButtonsThanFit()
    {
        Shown shown(false);
        for (int i = 1; i <= 300; ++i)
            shown.stand.add(
                SampleStand::nostrId(i), u"Account %1"_s.arg(i), session::SignerKind::WatchOnly, i == 1);
        QTRY_VERIFY(shown.button(u"Switch to Account 2"_s));
        shown.list()->verticalScrollBar()->setValue(shown.list()->verticalScrollBar()->maximum());
        QTRY_VERIFY(shown.button(u"Switch to Account 300"_s));
        QVERIFY(!shown.button(u"Switch to Account 2"_s));
        int buttons = 0;
        const auto all = shown.window->findChildren<QPushButton*>();
        for (const QPushButton* button : all)
            buttons += button->text() == "Switch"_L1 ? 1 : 0;
        QVERIFY2(buttons < 20, qPrintable(QString::number(buttons)));
    }

    void aRestingAccountComesBack()
    {
        Shown shown(true);
        const WindowDialogs dialogs(shown.stand.context, *shown.window);
        bool gone = false;
        shown.stand.sessions->logout(
            SessionId(SampleStand::gallery), {}, [&gone](const Result<void>& r) { gone = r.has_value(); });
        QTRY_VERIFY(gone);
        Q_EMIT shown.window->restingRequested();
        QTRY_VERIFY(shown.button(u"Bring back Gallery"_s));
        QTest::mouseClick(shown.button(u"Bring back Gallery"_s), Qt::LeftButton);
        QTRY_VERIFY(shown.stand.sessions->find(SessionId(SampleStand::gallery)));
        QCOMPARE(shown.listed(2), u"Gallery"_s);
        QTRY_VERIFY(!shown.button(u"Bring back Gallery"_s));
    }

    void tooltipsEndWithTheirKeys()
    {
        Shown shown(true);
        QVERIFY(shown.button(u"Rename Mira Okafor"_s)->toolTip().contains(u"F2"_s));
        QVERIFY(shown.stand.settings.set(u"shortcuts.rename"_s, u"Ctrl+E"_s));
        QVERIFY(shown.button(u"Rename Mira Okafor"_s)->toolTip().contains(u"Ctrl+E"_s));
    }

    void dialogsAreNeverStacked()
    {
        Shown shown(true);
        const WindowDialogs dialogs(shown.stand.context, *shown.window);
        QVERIFY(!dialogs.opened());
        shown.window->openLogout(SessionId(SampleStand::mira));
        QPointer<QDialog> first = dialogs.opened();
        QVERIFY(first);
        shown.window->openAddDialog();
        QCOMPARE(dialogs.opened(), first.data());
        QCOMPARE(shown.window->findChildren<QDialog*>().size(), 1);
        first->close();
        QTRY_VERIFY(!dialogs.opened());
        shown.window->openAddDialog();
        QVERIFY(dialogs.opened());
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
