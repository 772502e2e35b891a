// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"

#include <QWidget>

namespace hatstand::ui {

class Field;
class SecretField;

/// A new passphrase, typed twice, with a line that says how strong it is.
class PassphrasePair final : public QWidget
{
    Q_OBJECT
public:
    explicit PassphrasePair(QWidget* parent = nullptr);
    [[nodiscard]] bool isReady() const { return m_ready; } ///< long enough and twice the same
    [[nodiscard]] SharedSecret peek() const;
    [[nodiscard]] SecretField* first() const { return m_first; }
    void wipe();

Q_SIGNALS:
    void readyChanged();

private:
    void check();

    SecretField* m_first;
    SecretField* m_second;
    Field* m_firstField;
    Field* m_secondField;
    bool m_ready = false;
};

} // namespace hatstand::ui
