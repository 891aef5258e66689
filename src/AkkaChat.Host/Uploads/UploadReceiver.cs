using System.Buffers;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Http;
using AkkaChat.Host.Settings;

namespace AkkaChat.Host.Uploads;

/// <summary>Takes files in: counts their bytes as they come, looks what they are, and keeps them. Thread-safe.</summary>
internal sealed class UploadReceiver(UploadStore store, UploadFolder folder, ChatSettings settings, TimeProvider time)
{
    private const int BufferLength = 80 << 10;

    private static readonly Refusal Empty = Refusal.Invalid("The file is empty.");

    private static readonly Refusal TypeRefused = new(
        StatusCodes.Status415UnsupportedMediaType,
        "type_refused",
        "Files of this type are not taken. Images (png, jpeg, gif, webp), pdf, txt, md, csv, json, zip, mp4, mp3, wav, ogg and webm "
        + "are, if their content is what their name says.");

    private readonly Refusal _tooLarge = new(
        StatusCodes.Status413PayloadTooLarge, "too_large", $"A file has at most {settings.UploadBytes} bytes.");

    private readonly Refusal _tooMany = new(
        StatusCodes.Status429TooManyRequests, "too_many", $"One can upload {settings.UploadBytesPerDay} bytes within 24 hours.");

    /// <summary>Takes a file in.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="name">Its name, as the client says it.</param>
    /// <param name="length">Its length in bytes, if the client has said it.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="cancellation">The client is gone.</param>
    public async Task<Outcome<Upload>> ReceiveAsync(
        Account account, string? name, long? length, Stream body, CancellationToken cancellation)
    {
        if (length > settings.UploadBytes)
        {
            return _tooLarge;
        }

        if (await store.TodayAsync(account.Id) + (length ?? 0) > settings.UploadBytesPerDay)
        {
            return _tooMany;
        }

        var incoming = folder.CreateIncoming();
        try
        {
            await using (incoming)
            {
                return await CopyAsync(body, incoming, cancellation)
                    ? await KeepAsync(account, FileName.Read(name), incoming, cancellation)
                    : _tooLarge;
            }
        }
        finally
        {
            File.Delete(incoming.Name);
        }
    }

    /// <summary>False if it is too large; then no more is read.</summary>
    private async Task<bool> CopyAsync(Stream body, FileStream incoming, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
            {
                if (incoming.Length + read > settings.UploadBytes)
                {
                    return false;
                }

                await incoming.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            await incoming.FlushAsync(cancellation);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Outcome<Upload>> KeepAsync(Account account, string name, FileStream incoming, CancellationToken cancellation)
    {
        if (incoming.Length == 0)
        {
            return Empty;
        }

        if (await TypeOfAsync(name, incoming, cancellation) is not { } type)
        {
            return TypeRefused;
        }

        var upload = Describe(account, name, incoming.Length, type);

        // The file first: a row without its file would be a promise; a file without its row is only waste.
        folder.Keep(incoming.Name, upload.Id);
        if (await store.TryAddAsync(upload, settings.UploadBytesPerDay))
        {
            return upload;
        }

        folder.Delete(upload.Id);
        return _tooMany;
    }

    private static async Task<FileType?> TypeOfAsync(string name, FileStream incoming, CancellationToken cancellation)
    {
        var head = new byte[Math.Min(incoming.Length, FileType.HeadLength)];
        incoming.Position = 0;
        await incoming.ReadExactlyAsync(head, cancellation);
        if (FileType.Of(name, head) is not { } type)
        {
            return null;
        }

        incoming.Position = 0;
        return !type.IsText || await TextContent.IsTextAsync(incoming, cancellation) ? type : null;
    }

    private Upload Describe(Account account, string name, long size, FileType type) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        AccountId = account.Id,
        Name = name,
        Type = type.MediaType,
        Size = size,
        Width = type.Image?.Width,
        Height = type.Image?.Height,
        CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
