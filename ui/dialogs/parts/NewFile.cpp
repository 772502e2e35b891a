// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/NewFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <unistd.h>

namespace hatstand::ui {

Result<void> writeNewFile(const QString& path, Bytes content)
{
    const QFileInfo info(path);
    if (info.exists() || info.isSymLink())
        return fail(ErrorCode::InvalidInput,
            QCoreApplication::translate(
                "NewFile", "There is a file of this name already. Choose another name."));
    QFile file(path);
    constexpr auto mode = QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered;
    if (!file.open(mode, QFile::ReadOwner | QFile::WriteOwner))
        return fail(ErrorCode::Disk, file.errorString());
    const auto size = static_cast<qint64>(content.size());
    const bool written = file.write(reinterpret_cast<const char*>(content.data()), size) == size
        && fsync(file.handle()) == 0;
    if (!written) {
        const QString why = file.errorString();
        file.remove();
        return fail(ErrorCode::Disk, why);
    }
    return {};
}

} // namespace hatstand::ui
