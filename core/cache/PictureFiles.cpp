// SPDX-License-Identifier: MIT
#include "core/cache/PictureFiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
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
    if (!isKey(pubkey))
        return;
    QDir folder(m_folder);
    for (const QString& name : folder.entryList({pubkey + "-*"_L1}, QDir::Files | QDir::Hidden))
        folder.remove(name);
}

void PictureFiles::keepOnly(const QStringList& pubkeys) const
{
    const QSet<QString> kept(pubkeys.cbegin(), pubkeys.cend());
    QDir folder(m_folder);
    for (const QString& name : folder.entryList(QDir::Files | QDir::Hidden)) {
        if (!kept.contains(name.section(u'-', 0, 0)))
            folder.remove(name);
    }
}

} // namespace hatstand::cache
