using AkkaChat.Handlers;
using AkkaChat.Serialization;
using AkkaChat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Tests.Handlers;

/// <summary>Binds a delegate as the server does, and calls it with arguments given as JSON.</summary>
internal sealed class HandlerRunner : IDisposable
{
    private readonly AkkaChatServer _server = TestServer.Create();
    private readonly IServiceProvider? _services;

    public HandlerRunner(IServiceProvider? services = null)
    {
        _services = services;
        Handshake = new Handshake();
    }

    public Handshake Handshake { get; set; }

    public Socket Socket => field ??= SocketFactory.Create(_server, handshake: Handshake);

    public string? Reason { get; set; }

    public List<ReadOnlyMemory<byte>> Attachments { get; } = [];

    public void Dispose() => _server.Dispose();

    public BoundHandler Bind(Delegate handler, HandlerKind kind = HandlerKind.Event) =>
        new HandlerBinder(_services?.GetService<IServiceProviderIsService>(), authorizer: null)
            .Bind(handler, kind, "Handler of 'x'");

    /// <summary>The handler's result.</summary>
    public async Task<object?> CallAsync(Delegate handler, params string[] json) =>
        await InvokeAsync(Bind(handler), json);

    /// <summary>The arguments of its ack.</summary>
    public async Task<object?[]> AckAsync(Delegate handler, params string[] json) =>
        NoValue.ToArguments(await CallAsync(handler, json));

    /// <summary>The message with which a signature is refused.</summary>
    public string Refuse(Delegate handler, HandlerKind kind = HandlerKind.Event) =>
        Assert.Throws<InvalidOperationException>(() => Bind(handler, kind)).Message;

    /// <summary>The message with which arguments are refused.</summary>
    public async Task<string> RefuseArgumentsAsync(Delegate handler, params string[] json) =>
        (await Assert.ThrowsAsync<ArgumentBindingException>(() => CallAsync(handler, json))).Message;

    public async Task<object?> InvokeAsync(BoundHandler bound, params string[] json)
    {
        var arguments = new EventArguments(
            [.. json.Select(text => (ReadOnlyMemory<byte>)Wire.Bytes(text))], Attachments, ArgumentSerializer.Default);
        var call = new HandlerCall(new EventContext(Socket, "x", arguments, wantsAck: false), Reason: Reason);
        return await new HandlerInvoker(_services).InvokeAsync(bound, call).AsTask().EndInTime();
    }
}
