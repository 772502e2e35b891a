// SPDX-License-Identifier: MIT
#pragma once

#include "app/Hardening.h"

#include <QProcess>
#include <QSocketNotifier>
#include <QStringList>

namespace hatstand::app {

/// A program in this one's place, as env(1) would start it: the same streams, terminal, process group, limits
/// and environment but for one variable. Only that it is a child, since somebody has to be there when it
/// ends.
class ChildProgram final : public QObject
{
    Q_OBJECT
public:
    /// From now on signals that a process sends (TERM, INT, HUP, QUIT, USR1, USR2) are for the child. Those
    /// that the terminal sends reach it by themselves.
    explicit ChildProgram(const Before& before, QObject* parent = nullptr);
    ~ChildProgram() override;
    /// command: a program, looked for in PATH, and its arguments.
    void start(const QStringList& command, const QByteArray& variable, const QByteArray& value);

Q_SIGNALS:
    /// The child's exit code; 128 + the signal that ended it, or us before there was a child; 127 where there
    /// is no such program, 126 where it can't be run: then a sentence was written to standard error.
    void ended(int code);

private:
    void passOn();

    const Before m_before;
    int m_pipe[2] = {-1, -1};
    QSocketNotifier* m_signals = nullptr;
    QProcess m_process;
};

} // namespace hatstand::app
