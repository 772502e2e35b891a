// SPDX-License-Identifier: MIT
#include "core/cache/PictureFiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSet>
#include <algorithm>

namespace hatstand::cache {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 kMostBytes = qint64{1024} * 1024; ///< what is larger was not put here

bool isKey(const QString& pubkey)
{
    return pubkey.size() == 64 && std::all_of(pubkey.cbegin(), pubkey.cend(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

/// Those that were put here, and nobody else's; QDir would take no folder for the one that the program runs
/// in.
QStringList namesIn(const QString& folder)
{
    static const QRegularExpression ours(u"\\A[0-9a-f]{64}-[0-9a-f]{16}\\.png\\z"_s);
    if (folder.isEmpty())
        return {};
    return QDir(folder).entryList(QDir::Files | QDir::Hidden).filter(ours);
}

} // namespace

QString PictureFiles::fileOf(const QString& pubkey, const QString& address) const
{
    const QByteArray digest = QCryptographicHash::hash(address.toUtf8(), QCryptographicHash::Sha256).toHex();
    return m_folder + u'/' + pubkey + u'-' + QString::fromLatin1(digest.first(16)) + ".png"_L1;
}

QByteArray PictureFiles::get(const QString& pubkey, const QString& address) const
{
    if (!isKey(pubkey))
        return {};
    QFile file(fileOf(pubkey, address));
    return file.size() <= kMostBytes && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<void> PictureFiles::put(const QString& pubkey, const QString& address, const QByteArray& png) const
{
    if (!isKey(pubkey))
        return refuse(Why::NotThisForm, pubkey);
    if (m_folder.isEmpty())
        return fail(ErrorCode::Disk);
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    remove(pubkey);
    QSaveFile file(fileOf(pubkey, address));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(png) != png.size() || !file.commit())
        return fail(ErrorCode::Disk, file.fileName());
    return {};
}

void PictureFiles::remove(const QString& pubkey) const
{
    for (const QString& name : namesIn(m_folder)) {
        if (name.startsWith(pubkey + u'-'))
            QFile::remove(m_folder + u'/' + name);
    }
}

void PictureFiles::keepOnly(const QStringList& pubkeys) const
{
    const QSet<QString> kept(pubkeys.cbegin(), pubkeys.cend());
    for (const QString& name : namesIn(m_folder)) {
        if (!kept.contains(name.section(u'-', 0, 0)))
            QFile::remove(m_folder + u'/' + name);
    }
}

} // namespace hatstand::cache
