// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"

class QVBoxLayout;

namespace hatstand::ui {

/// What goes out and by which way: the relays that find accounts, the proxy, hosts of the person's own
/// network, and accounts' pictures. What is typed is kept once it is right, and follows "hatstand config".
class NetworkPage final : public QWidget
{
    Q_OBJECT
public:
    explicit NetworkPage(UiContext& context);

private:
    void addIndexers(QVBoxLayout& layout);
    /// A setting as one line of text. problem: a sentence about what was typed, or empty where it can be
    /// kept.
    void addLine(QVBoxLayout& layout, const QString& key, const QString& title, const QString& example,
        const QString& hint, const std::function<QString(const QString& text)>& problem);
    void addPictures(QVBoxLayout& layout);

    UiContext& m_context;
};

} // namespace hatstand::ui
