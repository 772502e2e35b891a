// SPDX-License-Identifier: MIT
#include "core/base/Files.h"

#include "core/base/Descriptor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <unistd.h>

namespace hatstand {

bool makeFolderOf(const QString& file)
{
    return QDir().mkpath(QFileInfo(file).absolutePath());
}

bool syncFolderOf(const QString& file)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(file).absolutePath());
    const Descriptor descriptor(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.isOpen() && ::fsync(descriptor.get()) == 0;
}

} // namespace hatstand
