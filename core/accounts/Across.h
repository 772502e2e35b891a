// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <utility>

namespace hatstand::accounts {

/// Asks on there's thread and answers on here's. The answer is moved along, never copied: it may be the last
/// to hold a command, which must end on the thread that it belongs to.
template <class Question, class Answer>
void askAcross(QObject* there, Question question, QObject* here, Answer answer)
{
    QMetaObject::invokeMethod(
        there, [question = std::move(question), here, answer = std::move(answer)]() mutable {
            QMetaObject::invokeMethod(
                here, [result = question(), answer = std::move(answer)]() mutable { answer(result); });
        });
}

} // namespace hatstand::accounts
