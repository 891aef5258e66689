using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AkkaChat.Host.Accounts;

/// <summary>Hashes passwords, and compares them; both take their time, and not the request's thread. Thread-safe.</summary>
internal sealed class Passwords
{
    private readonly PasswordHasher<Passwords> _hasher;
    private readonly string _nobodys;

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<Passwords>(options);
        _nobodys = _hasher.HashPassword(this, Guid.NewGuid().ToString());
    }

    public Task<string> HashAsync(string password) => Task.Run(() => _hasher.HashPassword(this, password));

    /// <summary>Compares them. Where there is no hash it takes as long, so that the time does not tell which names there are.</summary>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password)
    {
        var result = await Task.Run(() => _hasher.VerifyHashedPassword(this, hash ?? _nobodys, password));
        return hash is null ? PasswordVerificationResult.Failed : result;
    }
}
