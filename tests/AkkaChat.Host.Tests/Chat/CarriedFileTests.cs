using AkkaChat.Host.Storage;
using AkkaChat.Host.Uploads;
using AkkaChat.Stores.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>Files that messages carry: who can read them, and when they are deleted.</summary>
public abstract class CarriedFileTests : IAsyncLifetime
{
    private ChatWorld _world = null!;
    private ChatPerson _ana = null!;
    private ChatPerson _ben = null!;
    private string _room = null!;

    public async Task InitializeAsync()
    {
        _world = await StartAsync();
        _ana = await _world.SignUpAsync("Ana");
        _ben = await _world.SignUpAsync("Ben");
        _room = _ana.Room("lobby");
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task A_file_goes_with_its_message()
    {
        var file = await UploadAsync("f1");
        var id = await SayAsync("1", file);
        Assert.True(await IsReadByBenAsync(file));
        Assert.Empty(await Uploads.DeleteForgottenAsync());

        await DeleteAsync(id);

        Assert.False(await IsReadByBenAsync(file));
        Assert.Equal([file], await Uploads.DeleteForgottenAsync());
    }

    [StoreFact]
    public async Task A_file_stays_that_another_message_carries()
    {
        var (one, other) = (await UploadAsync("f1"), await UploadAsync("f2"));
        var first = await SayAsync("1", one, other);
        var second = await SayAsync("2", one);

        await DeleteAsync(first);
        Assert.Equal((true, false), (await IsReadByBenAsync(one), await IsReadByBenAsync(other)));

        await DeleteAsync(second);
        Assert.False(await IsReadByBenAsync(one));
    }

    [StoreFact]
    public async Task A_file_goes_with_its_room()
    {
        var file = await UploadAsync("f1");
        await SayAsync("1", file);

        await _ana.DoAsync("delete_room", new { room = _room });

        Assert.Equal([file], await Uploads.DeleteForgottenAsync());
    }

    [StoreFact]
    public async Task A_key_that_was_used_before_carries_no_other_files()
    {
        var (sent, other) = (await UploadAsync("f1"), await UploadAsync("f2"));
        var id = await SayAsync("1", sent);

        Assert.Equal(id, await SayAsync("1", sent));
        Assert.Equal(id, await SayAsync("1", other));

        Assert.Equal((true, false), (await IsReadByBenAsync(sent), await IsReadByBenAsync(other)));
        Assert.Equal([other], await Uploads.DeleteForgottenAsync());
    }

    [StoreFact]
    public async Task A_deleted_message_that_is_sent_again_carries_nothing()
    {
        var file = await UploadAsync("f1");
        var id = await SayAsync("1", file);
        await DeleteAsync(id);

        Assert.Equal(id, await SayAsync("1", file));

        Assert.False(await IsReadByBenAsync(file));
    }

    private UploadStore Uploads => new(_world.Server.Services.GetRequiredService<ChatDatabase>(), _world.Server.Clock);

    /// <summary>A file that Ana has uploaded the day before yesterday.</summary>
    private async Task<string> UploadAsync(string id)
    {
        var at = (_world.Server.Clock.GetUtcNow() - TimeSpan.FromDays(2)).ToUnixTimeMilliseconds();
        await _world.ExecuteAsync(
            "INSERT INTO uploads (id, account_id, name, type, size, created_at) VALUES (@id, @account, 'a.txt', 'text/plain', 1, @at)",
            new { id, account = _ana.Id, at });
        return id;
    }

    private async Task<long> SayAsync(string key, params string[] files) =>
        (await _ana.DoAsync("say", new { room = _room, text = "Look", key, files })).GetProperty("id").GetInt64();

    private async Task DeleteAsync(long id)
    {
        await _ana.DoAsync("delete", new { room = _room, id });
        await _ana.DoAsync("history", new { room = _room });
    }

    private async Task<bool> IsReadByBenAsync(string file) => await Uploads.FindReadableAsync(file, _ben.Id) is not null;
}
