// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"

namespace hatstand::ui {

/// A change of an account's data, and the words in which it is asked about.
struct EditQuestion
{
    struct Change
    {
        QString field;
        QString before; ///< empty: there was nothing
        QString after; ///< empty: it is taken out
    };
    accounts::Edit edit;
    QString title; ///< "Unfollow Tomas?"
    QString text = {}; ///< whom or what, in full
    QList<Change> changes = {}; ///< of a profile; what goes into a list beside whom or what
    QString verb; ///< "Unfollow": what the button says
    QString nothing; ///< said where nothing had to be changed: "Tomas was not followed."
};

} // namespace hatstand::ui
