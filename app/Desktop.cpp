// SPDX-License-Identifier: MIT
#include "app/Desktop.h"

#include <QApplication>

namespace hatstand::app {

class Desktop::Parts
{
};

Desktop::Desktop(QApplication& application, const Services&, QObject* parent)
    : QObject(parent)
{
    application.setQuitOnLastWindowClosed(false);
}

Desktop::~Desktop() = default;

void Desktop::start(bool) { }

bool Desktop::showWindow()
{
    return false;
}

void Desktop::askLogout(const session::SessionId&, Callback<void> done)
{
    done(fail(ErrorCode::Denied));
}

} // namespace hatstand::app
