// SPDX-License-Identifier: MIT
#include "ui/tray/TrayController.h"

#include "core/base/Log.h"
#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/theme/Avatar.h"
#include "ui/theme/Widgets.h"
#include "ui/tray/TrayMenu.h"

#include <QPainter>
#include <QStringList>
#include <array>
#include <utility>

namespace hatstand::ui {
using namespace Qt::Literals::StringLiterals;
using Host = TrayHostWatcher::Host;

namespace {

constexpr QRgb kDot = 0xFFD4701A; ///< on light panels and dark ones
constexpr qreal kDotPart = 0.42; ///< of the icon's side, as a small one's badge

/// Not avatarIcon(): some panels take the largest there is and shrink it, so even the largest is of the
/// design for small sizes; that has no letter in its badge, so no font has to be found before the icon shows.
QIcon trayIcon(const AvatarSpec& spec, const Theme& theme)
{
    constexpr std::array<std::pair<int, int>, 6> sizes{
        {{16, 1}, {22, 1}, {24, 1}, {16, 2}, {22, 2}, {24, 2}}};
    QIcon icon;
    for (const auto& [size, scale] : sizes) {
        QPixmap pixmap = avatar(spec, size, scale, Qt::transparent, theme);
        pixmap.setDevicePixelRatio(1);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace

TrayController::TrayController(const UiContext& context, QObject* parent)
    : TrayController(context.sessions, context.model, context.vault, context.settings, parent)
{
}

TrayController::TrayController(session::SessionManager& sessions, const SessionModel& model,
    secrets::Vault& vault, Settings& settings, QObject* parent, std::chrono::milliseconds grace)
    : QObject(parent)
    , m_sessions(sessions)
    , m_model(model)
    , m_lock(vault, settings)
    , m_watcher(grace)
{
    connect(&m_watcher, &TrayHostWatcher::hostChanged, this, &TrayController::onHost);
    connect(&m_lock, &LockCommand::unlockRequested, this, &TrayController::unlockRequested);
    connect(&m_lock, &LockCommand::failed, this, [this](const Error& error) {
        qCWarning(lcDesktop) << "locking from the tray failed:" << name(error.code) << error.detail;
        Q_EMIT showWindowRequested(); // which can say more
    });
    connect(&m_watcher, &TrayHostWatcher::looked, this, &TrayController::looked);
}

TrayController::~TrayController() = default;

bool TrayController::isAvailable() const
{
    return m_watcher.host() != Host::None;
}

void TrayController::onHost(Host host)
{
    if (host != Host::None && !m_icon) {
        m_menu = std::make_unique<TrayMenu>(m_sessions, m_model, m_lock);
        m_menu->setDrawn(host == Host::StatusNotifier ? TrayMenu::Drawn::ByPanel : TrayMenu::Drawn::ByQt);
        m_menu->setAsked(m_waiting > 0);
        connect(m_menu.get(), &TrayMenu::questionWanted, this, &TrayController::questionWanted);
        connect(m_menu.get(), &TrayMenu::accountChosen, this, &TrayController::switchTo);
        connect(m_menu.get(), &TrayMenu::allAccountsRequested, this, &TrayController::showWindowRequested);
        connect(m_menu.get(), &TrayMenu::windowRequested, this, &TrayController::showWindowRequested);
        connect(m_menu.get(), &TrayMenu::addRequested, this, &TrayController::addRequested);
        connect(m_menu.get(), &TrayMenu::logoutRequested, this, &TrayController::logoutRequested);
        connect(m_menu.get(), &TrayMenu::logoutAllRequested, this, &TrayController::logoutAllRequested);
        connect(m_menu.get(), &TrayMenu::preferencesRequested, this, &TrayController::preferencesRequested);
        connect(m_menu.get(), &TrayMenu::quitRequested, this, &TrayController::quitRequested);
        connect(m_menu.get(), &TrayMenu::themeChanged, this, &TrayController::updateIcon);

        m_icon = std::make_unique<QSystemTrayIcon>();
        connect(m_icon.get(), &QSystemTrayIcon::activated, this, &TrayController::onActivated);
        const auto update = [this] {
            updateIcon();
            updateToolTip();
        };
        connect(&m_sessions, &session::SessionManager::activeChanged, this, update);
        connect(&m_sessions, &session::SessionManager::sessionChanged, this,
            [this, update](const session::SessionId& id) {
                if (id == m_sessions.active())
                    update();
            });
        connect(&m_sessions, &session::SessionManager::sessionAdded, this, &TrayController::updateToolTip);
        connect(&m_sessions, &session::SessionManager::sessionRemoved, this, &TrayController::updateToolTip);
        connect(&m_model, &SessionModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex&, const QList<int>& roles) {
                if (roles.contains(SessionModel::PictureRole)
                    && first.data(SessionModel::ActiveRole).toBool())
                    updateIcon();
            });
        connect(&m_lock, &LockCommand::changed, this, update);
        update();
        m_icon->setContextMenu(m_menu.get());
        m_icon->show();
    }
    Q_EMIT availableChanged(host != Host::None);
}

void TrayController::onActivated(QSystemTrayIcon::ActivationReason reason)
{
    switch (reason) {
    case QSystemTrayIcon::Trigger:
        Q_EMIT switcherRequested(m_icon->geometry());
        break;
    case QSystemTrayIcon::MiddleClick:
        if (const session::SessionId last = m_sessions.last(); !last.isEmpty())
            switchTo(last);
        break;
    case QSystemTrayIcon::DoubleClick: // its first click was a Trigger already
    case QSystemTrayIcon::Context:
    case QSystemTrayIcon::Unknown:
        break;
    }
}

void TrayController::switchTo(const session::SessionId& id)
{
    // A switch fails when the account is gone meanwhile, which the menu shows by itself, or the disk refuses,
    // where the window can say more.
    if (const auto done = m_sessions.activate(id); !done) {
        qCWarning(lcDesktop) << "switching from the tray failed:" << name(done.error().code)
                             << done.error().detail;
        Q_EMIT showWindowRequested();
    }
}

QIcon TrayController::withDot(const QIcon& icon)
{
    QIcon dotted;
    const QList<QSize> sizes = icon.availableSizes();
    for (const QSize& size : sizes) {
        QPixmap pixmap = icon.pixmap(size, 1.0);
        const int side = pixmap.width();
        const int dot = qRound(side * kDotPart);
        const int cut = std::max(1, side / 20);
        const QRectF place(side - dot, 0, dot, dot);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::black);
        painter.setCompositionMode(QPainter::CompositionMode_Clear); // the ground is the panel's
        painter.drawEllipse(place.adjusted(-cut, -cut, cut, cut));
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        painter.setBrush(QColor::fromRgb(kDot));
        painter.drawEllipse(place);
        painter.end();
        dotted.addPixmap(pixmap);
    }
    return dotted;
}

QString TrayController::waitingText(int questions)
{
    if (questions <= 0)
        return {};
    return questions == 1 ? tr("A question waits for your answer")
                          : tr("%n questions wait for your answer", nullptr, questions);
}

void TrayController::setWaiting(int questions)
{
    if (std::exchange(m_waiting, questions) == questions || !m_icon)
        return;
    m_menu->setAsked(questions > 0);
    updateIcon();
    updateToolTip();
}

QIcon TrayController::icon() const
{
    const bool isAsked = m_waiting > 0;
    const auto marked = [isAsked](const QIcon& icon) { return isAsked ? withDot(icon) : icon; };
    const QColor ink = m_menu->palette().color(QPalette::WindowText);
    const session::SessionId active = m_sessions.active();
    if (m_lock.isLocked())
        return marked(hatIcon(HatState::Locked, ink));
    if (m_lock.isStopped())
        return marked(hatIcon(HatState::Stopped, ink));
    if (active.isEmpty()) {
        // By name a panel recolours it to suit itself; only the installed program's icons have one.
        const QString symbolic = u"org.hatstand.Hatstand-symbolic"_s;
        if (!isAsked && m_watcher.host() == Host::StatusNotifier && QIcon::hasThemeIcon(symbolic))
            return QIcon::fromTheme(symbolic);
        return marked(hatIcon(HatState::NoAccount, ink));
    }
    AvatarSpec spec = avatarOf(m_model.indexOf(active));
    if (isAsked)
        spec.badgeLetter.clear(); // so small, an icon has room for one mark
    return marked(trayIcon(spec, Theme::of(m_menu->palette())));
}

void TrayController::updateIcon()
{
    if (m_icon)
        m_icon->setIcon(icon());
}

QString TrayController::toolTipFor(Host host, QString text)
{
    if (host == Host::XEmbed)
        return plainToolTip(text);
    return text.replace(u'<', u'‹').replace(u'&', u'＆');
}

void TrayController::updateToolTip()
{
    QStringList parts;
    if (m_waiting > 0)
        parts << waitingText(m_waiting);
    if (m_lock.isLocked())
        parts << tr("Hatstand is locked");
    else if (const session::Session* active = m_sessions.find(m_sessions.active()))
        parts << TrayMenu::plain(m_sessions.nameOf(*active));
    else
        parts << u"Hatstand"_s;
    if (m_sessions.count() == 1)
        parts << tr("1 account");
    else if (m_sessions.count() > 1)
        parts << tr("%n accounts", nullptr, static_cast<int>(m_sessions.count()));
    if (m_lock.isStopped())
        parts << tr("signing is stopped");
    m_icon->setToolTip(toolTipFor(m_watcher.host(), parts.join(u" · "_s)));
}

} // namespace hatstand::ui
