// SPDX-License-Identifier: MIT
#include "ui/clipboard/SecretClipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

/// The text is made when somebody asks for it; until then it is in no Qt string.
class SecretMime final : public QMimeData
{
public:
    explicit SecretMime(SecretBuffer secret)
        : m_secret(std::move(secret))
    {
    }
    [[nodiscard]] QStringList formats() const override
    {
        return {u"text/plain"_s, QString(SecretClipboard::kHint)};
    }
    [[nodiscard]] bool hasFormat(const QString& type) const override { return formats().contains(type); }

protected:
    [[nodiscard]] QVariant retrieveData(const QString& type, QMetaType) const override
    {
        if (type == SecretClipboard::kHint)
            return "secret"_ba;
        if (type == "text/plain"_L1)
            return QString::fromUtf8(m_secret.text().data(), static_cast<qsizetype>(m_secret.size()));
        return {};
    }

private:
    SecretBuffer m_secret;
};

} // namespace

SecretClipboard::SecretClipboard(std::chrono::milliseconds lifetime, QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(lifetime);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        clear();
        Q_EMIT expired();
    });
    // Before the platform goes: at its end it hands what is on the clipboard to the desktop's clipboard
    // manager.
    connect(qGuiApp, &QCoreApplication::aboutToQuit, this, &SecretClipboard::clear);
}

SecretClipboard::~SecretClipboard()
{
    if (qGuiApp)
        clear();
}

void SecretClipboard::put(Bytes secret)
{
    m_secret = SecretBuffer::copyOf(secret);
    QGuiApplication::clipboard()->setMimeData(new SecretMime(m_secret.clone()), QClipboard::Clipboard);
    m_timer.start();
}

void SecretClipboard::clear()
{
    m_timer.stop();
    if (isUnchanged())
        QGuiApplication::clipboard()->clear(QClipboard::Clipboard);
    m_secret.clear();
}

/// By its text: a clipboard manager that minds no hint may have made it its own meanwhile.
bool SecretClipboard::isUnchanged() const
{
    if (m_secret.isEmpty())
        return false;
    QString text = QGuiApplication::clipboard()->text(QClipboard::Clipboard);
    return SecretBuffer::takeFrom(text).equals(m_secret);
}

} // namespace hatstand::ui
