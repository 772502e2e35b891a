// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QObject>
#include <QSettings>
#include <QStringList>
#include <memory>

namespace hatstand {

/// The person's choices, in one ini file of the profile. Every key has a default and a check; there are no
/// others. Keys are those of `hatstand config`: "ui.theme", "lock.idleMinutes", "shortcuts.next", …
class Settings final : public QObject
{
    Q_OBJECT
public:
    /// file: absolute path of the ini file; made with mode 0600 at the first write.
    explicit Settings(const QString& file, QObject* parent = nullptr);

    [[nodiscard]] static QStringList keys(); ///< in a fixed order; all but "vault.wanted"
    [[nodiscard]] static QString defaultOf(const QString& key);
    /// The value, or the default. BadSetting for an unknown key.
    [[nodiscard]] Result<QString> get(const QString& key) const;
    /// The value, or the default; for keys that the program itself names.
    [[nodiscard]] QString value(const QString& key) const;
    /// On disk when it returns. Empty means the default. BadSetting for an unknown key or a value it does not
    /// take; Disk where it can't be written: then the value stays what it was.
    [[nodiscard]] Result<void> set(const QString& key, const QString& value);
    [[nodiscard]] bool isChanged(const QString& key) const; ///< differs from its default

Q_SIGNALS:
    void changed(const QString& key);

private:
    void put(const QString& key, const QString& value); ///< empty: takes it out

    std::unique_ptr<QSettings> m_file;
};

} // namespace hatstand
