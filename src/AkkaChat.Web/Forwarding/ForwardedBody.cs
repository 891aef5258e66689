using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// The body of a client's request on its way to the owner: as it comes, as fast as the owner takes it. The owner may
/// answer before it has all of it, as it does to a body over its limit.
/// </summary>
internal sealed class ForwardedBody : HttpContent
{
    private const int BufferSize = 16 * 1024;

    private readonly HttpContext _context;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isStarted;

    private ForwardedBody(HttpContext context)
    {
        _context = context;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Headers.ContentLength = context.Request.ContentLength;
    }

    /// <summary>Whether the client sent something that is no body, or too slowly.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The body of a request; null if it has none.</summary>
    public static ForwardedBody? Of(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        // The owner's limit is the one that counts.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return new ForwardedBody(context);
    }

    /// <summary>Reads no more of the request. It must not be read once it has been answered.</summary>
    public async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 1)
        {
            await _stop.CancelAsync();
            await _ended.Task;
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _context.Request.ContentLength ?? 0;
        return _context.Request.ContentLength is not null;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is sent for the second time, which it never is.</exception>
    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 1)
        {
            throw new InvalidOperationException("The body of a request can be sent once only.");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int count;
            while ((count = await ReadAsync(buffer, either.Token)) > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), either.Token);
                await stream.FlushAsync(either.Token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _ended.TrySetResult();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _stop.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _context.Request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            IsBroken = true;
            throw;
        }
    }
}
