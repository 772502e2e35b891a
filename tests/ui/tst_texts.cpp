// SPDX-License-Identifier: MIT
#include "tests/ui/DialogScenes.h"
#include "tests/ui/WindowStand.h"
#include "ui/models/LockCommand.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/tray/TrayMenu.h"
#include "ui/windows/MainWindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QRegularExpression>
#include <QTest>
#include <QTextDocumentFragment>
#include <QTranslator>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using test::WindowStand;

namespace {

/// A language in which every text is the English one between two marks.
class Marks final : public QTranslator
{
public:
    [[nodiscard]] QString translate(const char*, const char* source, const char*, int) const override
    {
        return test::kMark + QString::fromUtf8(source) + test::kEndOfMark;
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

/// What is data and no text of ours: names that the stands give, identities and their beginnings and ends,
/// chains and networks by their own names, single keys, dates, the program's name, its commands, and
/// the code of an error under "Details".
QString withoutData(QString text)
{
    static const QRegularExpression data(
        uR"re(Mira Okafor|Lumen Press|Gallery|Night Garden|Press treasury|Tomas Reyes|Sketchbook|Account \d+|An account with a very long name that does not fit on one line|Hatstand|Nostr|Antelope|nostr:|(npub1|note1|nsec1|ncryptsec1|PUB_K1_|PVT_K1_)[0-9A-Za-z]*(…[0-9a-z]*)?|[0-9a-f]{6,}|[a-z1-5.]{2,12}@[a-z]+|hatstand( (switch|next|previous|last|--[a-z]+))+|(wss?|https?|ftp|socks5)://[^ ]*|nas\.local|#gm|\blunch\b|zebra|miragallery2|lumenpressdo|\bactive\b|^locked$|\b[A-Z]\b|\b[0-9]{1,2} [A-Z][a-z]+( [0-9]{4})?\b)re"_s);
    text.remove(QChar(0x200b)); // where long words may be broken
    text.remove(data);
    QStringList chains;
    for (const antelope::Chain& chain : antelope::Chains::bundled().all())
        chains += chain.name;
    std::sort(
        chains.begin(), chains.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& chain : std::as_const(chains))
        text.remove(chain);
    return text;
}

/// The parts of a text that no translator has seen, apart from each other.
QString unmarked(const QString& text)
{
    QString outside;
    int depth = 0;
    for (const QChar c : text) {
        depth += c == test::kMark ? 1 : 0;
        if (depth == 0)
            outside += c;
        if (c == test::kEndOfMark && --depth == 0)
            outside += u' ';
    }
    return outside;
}

bool hasLetters(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

/// Everything in it that a person reads or hears, with where it stands.
class Texts
{
public:
    explicit Texts(QWidget* root)
    {
        add(root);
        const auto all = root->findChildren<QWidget*>();
        for (QWidget* widget : all)
            add(widget);
    }
    QList<std::pair<QString, QString>> found; ///< where, text

private:
    void note(const QObject* object, const char* what, const QString& text)
    {
        if (!text.isEmpty()) {
            const QString plain
                = Qt::mightBeRichText(text) ? QTextDocumentFragment::fromHtml(text).toPlainText() : text;
            found += {QString::fromLatin1(object->metaObject()->className()) + u' ' + QLatin1StringView(what),
                plain};
        }
    }
    void add(QWidget* widget)
    {
        if (widget->objectName().startsWith("qt_"_L1))
            return; // an inside of Qt's
        note(widget, "tooltip", widget->toolTip());
        note(widget, "accessible name", widget->accessibleName());
        note(widget, "accessible description", widget->accessibleDescription());
        note(widget, "what's this", widget->whatsThis());
        if (widget->isWindow())
            note(widget, "title", widget->windowTitle());
        if (const auto* label = qobject_cast<QLabel*>(widget))
            note(widget, "text", label->text());
        if (const auto* button = qobject_cast<QAbstractButton*>(widget))
            note(widget, "text", button->text());
        if (const auto* line = qobject_cast<QLineEdit*>(widget))
            note(widget, "placeholder", line->placeholderText());
        if (const auto* group = qobject_cast<QGroupBox*>(widget))
            note(widget, "title", group->title());
        if (const auto* progress = qobject_cast<QProgressBar*>(widget))
            note(widget, "format", progress->isTextVisible() ? progress->format() : QString());
        if (const auto* box = qobject_cast<QComboBox*>(widget))
            addItems(box, box->model());
        if (const auto* view = qobject_cast<QAbstractItemView*>(widget))
            addItems(view, view->model());
        if (auto* menu = qobject_cast<QMenu*>(widget)) {
            Q_EMIT menu->aboutToShow(); // some are filled only then
            const auto actions = menu->actions();
            for (const QAction* action : actions) {
                note(menu, "action", action->text());
                note(menu, "action's tooltip", action->toolTip());
            }
        }
    }
    void addItems(const QObject* view, const QAbstractItemModel* model)
    {
        if (!model)
            return;
        for (int row = 0; row < model->rowCount(); ++row) {
            for (const int role :
                {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
                note(view, "item", model->index(row, 0).data(role).toString());
        }
    }
};

QStringList untranslated(QWidget* root, const QString& where)
{
    QStringList all;
    const Texts texts(root);
    for (const auto& [place, text] : texts.found) {
        if (hasLetters(withoutData(unmarked(text))))
            all += u"%1, %2: %3"_s.arg(where, place, text);
    }
    return all;
}

} // namespace

class TestTexts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyControlOfEveryDialogHasAName()
    {
        int controls = 0;
        int dialogs = 0;
        QStringList nameless;
        test::playDialogScenes([&](QWidget* dialog, const QString& scene) {
            ++dialogs;
            QVERIFY2(
                !dialog->isWindow() || !qobject_cast<QDialog*>(dialog) || !dialog->windowTitle().isEmpty(),
                qPrintable(scene));
            const auto widgets = dialog->findChildren<QWidget*>();
            for (QWidget* widget : widgets) {
                if (!widget->isVisibleTo(dialog) || !(widget->focusPolicy() & Qt::TabFocus)
                    || widget->objectName().startsWith("qt_"_L1))
                    continue;
                ++controls;
                const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
                if (!told || !hasLetters(told->text(QAccessible::Name)))
                    nameless += scene + u": "_s + QLatin1StringView(widget->metaObject()->className());
            }
        });
        nameless.removeDuplicates();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
        QVERIFY2(dialogs >= 30 && controls > 150,
            qPrintable(u"%1 dialogs, %2 controls"_s.arg(dialogs).arg(controls)));
    }

    void everyTextIsTranslated()
    {
        Marks marks;
        QVERIFY(QCoreApplication::installTranslator(&marks));
        QStringList found;
        {
            WindowStand stand;
            MainWindow window(stand.context);
            window.show();
            QCoreApplication::processEvents();
            found += untranslated(&window, u"no account"_s);
            stand.addSix();
            window.setHasTray(false);
            window.close(); // shows the note
            window.showAccounts();
            QVERIFY(stand.settings.set(u"signing.stopped"_s, u"true"_s));
            for (const auto state : {secrets::VaultState::Unlocked, secrets::VaultState::Locked}) {
                for (const auto kind : {secrets::VaultKind::Keychain, secrets::VaultKind::Passphrase}) {
                    stand.vault->setKind(kind);
                    stand.vault->setState(state);
                    Q_EMIT stand.vault->stateChanged(state);
                    for (const auto& session : stand.sessions->sessions()) {
                        QVERIFY(stand.sessions->activate(session.id));
                        QCoreApplication::processEvents();
                        found += untranslated(&window, u"window"_s);
                    }
                }
            }
            LockCommand lock(*stand.vault, stand.settings);
            SwitcherWindow switcher(stand.context);
            switcher.setAttribute(Qt::WA_DeleteOnClose, false);
            switcher.showAt();
            found += untranslated(&switcher, u"switcher"_s);
            switcher.findChild<QLineEdit*>()->setText(u"zebra"_s);
            found += untranslated(&switcher, u"switcher, nothing found"_s);
            TrayMenu tray(*stand.sessions, *stand.model, lock);
            QCoreApplication::processEvents();
            found += untranslated(&tray, u"tray"_s);
            QVERIFY(tray.actions().size() > 8);
        }
        test::playDialogScenes(
            [&](QWidget* dialog, const QString& scene) { found += untranslated(dialog, scene); });
        QCoreApplication::removeTranslator(&marks);
        found.removeDuplicates();
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }
};

QTEST_MAIN(TestTexts)
#include "tst_texts.moc"
