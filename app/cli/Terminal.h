// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QString>

namespace hatstand::app {

/// The terminal that the process is controlled from (/dev/tty), whatever its standard streams are.
class Terminal
{
public:
    Terminal();
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    [[nodiscard]] bool isThere() const { return m_fd >= 0; }
    /// One line with echo off; echo is back on when it returns, also after Ctrl+C. Cancelled at the end of
    /// input.
    [[nodiscard]] Result<SecretBuffer> askHidden(const QString& prompt);
    void say(const QString& text) { write(escaped(text)); }
    /// Shows text and asks; true only for y or yes.
    [[nodiscard]] bool confirm(const QString& text);

    /// Control, format and bidi characters as \u{…}, so that what is shown is what is there; line ends stay.
    [[nodiscard]] static QString escaped(const QString& text);
    /// Escaped text broken into rows of at most this many columns. A row that goes on begins with "| " where
    /// its line does, otherwise with spaces: nothing can be pushed to the start of a row to look like another
    /// line.
    [[nodiscard]] static QString wrapped(const QString& text, int columns);

private:
    [[nodiscard]] SecretBuffer readLine(bool& ended);
    void write(const QString& text);
    [[nodiscard]] int columns() const;
    int m_fd = -1;
};

} // namespace hatstand::app
