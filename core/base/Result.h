// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Error.h"

#include <QPointer>
#include <functional>
#include <tl/expected.hpp>

namespace hatstand {

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, QString detail = {})
{
    return tl::unexpected<Error>(Error{.code = code, .detail = std::move(detail)});
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// Refused input: ErrorCode::InvalidInput with the reason that the sentence is made from.
inline tl::unexpected<Error> refuse(Why why, QString detail = {}, qint64 have = 0, qint64 want = 0)
{
    return tl::unexpected<Error>(Error{ErrorCode::InvalidInput, why, std::move(detail), have, want});
}

/// How a command answers that may have to wait: called exactly once, on the event loop of the thread that
/// gave the command, or before the command has returned where the answer is known already. Not called any
/// more once whoever was to answer has been destroyed.
template <class T>
using Callback = std::function<void(Result<T>)>;

/// Wraps a callback so that it is dropped once context is gone: what a view passes to a command.
template <class Function>
auto guarded(QObject* context, Function function)
{
    return [guard = QPointer<QObject>(context), function = std::move(function)](auto&&... args) mutable {
        if (guard)
            function(std::forward<decltype(args)>(args)...);
    };
}

} // namespace hatstand
