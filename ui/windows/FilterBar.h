// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QComboBox;

namespace hatstand::ui {

class SessionFilterModel;
class SessionModel;

/// Networks, chains and signers in thirds; each offers what the list holds.
class FilterBar final : public QWidget
{
    Q_OBJECT
public:
    FilterBar(SessionModel& model, SessionFilterModel& filter, QWidget* parent = nullptr);
    void clear();

Q_SIGNALS:
    void changed();

private:
    void refill();
    void apply();

    SessionModel& m_model;
    SessionFilterModel& m_filter;
    QComboBox* m_networks;
    QComboBox* m_chains;
    QComboBox* m_signers;
};

} // namespace hatstand::ui
