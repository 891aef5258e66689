using System.Text.Json;

namespace AkkaChat.Testing;

/// <summary>
/// The server did not let the client in. <see cref="Exception.Message"/> is what a client's <c>connect_error</c> handler
/// sees.
/// </summary>
public sealed class ConnectRefusedException : Exception
{
    /// <summary>A refusal with a general message.</summary>
    public ConnectRefusedException()
        : base("The server refused the connection.")
    {
    }

    /// <summary>A refusal with this message.</summary>
    /// <param name="message">What the client was told.</param>
    public ConnectRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with this message and cause.</summary>
    /// <param name="message">What the client was told.</param>
    /// <param name="innerException">Why.</param>
    public ConnectRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The error's <c>data</c>, as the server's connect handler gave it; null if it gave none.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>
    /// The HTTP status, if the request itself was refused; null if the server refused the namespace only.
    /// </summary>
    public int? StatusCode { get; init; }
}
