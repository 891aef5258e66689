using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>An owner, a moderator and a member in one room, each at the page.</summary>
[Collection(ChatSite.Name)]
public sealed class ModerationTests(ChatSite site) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => site.CloseWindowsAsync();

    [Fact]
    public async Task A_moderator_keeps_order_and_the_owner_ends_the_room()
    {
        var owner = await site.ComeInAsync("Olga");
        var moderator = await site.ComeInAsync("Mo");
        var ben = await site.ComeInAsync("Ben");
        var room = site.Unique("order");
        await owner.CreateRoomAsync(room);
        foreach (var other in (ChatWindow[])[moderator, ben])
        {
            await other.JoinAsync(room);
        }

        await ChooseForAsync(owner, moderator.Name, AriaRole.Menuitemradio, "Moderator");
        await owner.Page.Keyboard.PressAsync("Escape");
        await ben.SayForGoodAsync("Unkind words");
        await moderator.DoWithAsync("Unkind words", "Delete message");
        await moderator.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Delete" }).ClickAsync();
        await Expect(ben.Log.GetByText("Message deleted by a moderator.")).ToBeVisibleAsync();

        await ChooseForAsync(moderator, ben.Name, AriaRole.Menuitem, "Mute");
        await moderator.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Mute" }).ClickAsync();
        await Expect(ben.Page.GetByText("You are muted here until")).ToBeVisibleAsync();
        await Expect(People(moderator).GetByText("muted", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await ChooseForAsync(moderator, ben.Name, AriaRole.Menuitem, "Unmute");
        await ben.SayForGoodAsync("I am sorry");

        await moderator.ChooseForRoomAsync("Set topic");
        await moderator.Dialog.GetByLabel("Topic").FillAsync("Be kind");
        await moderator.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Save" }).ClickAsync();
        await Expect(ben.Page.GetByRole(AriaRole.Main).GetByText("Be kind").First).ToBeVisibleAsync();

        await owner.ChooseForRoomAsync("Rename room");
        await owner.Dialog.GetByLabel("Name").FillAsync(room + " new");
        await owner.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Rename" }).ClickAsync();
        await ben.IsInAsync(room + " new");

        await owner.ChooseForRoomAsync("Archive room");
        await owner.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Archive" }).ClickAsync();
        await Expect(ben.Page.GetByText("archived").First).ToBeVisibleAsync();
        await owner.ChooseForRoomAsync("Delete room");
        await owner.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Delete" }).ClickAsync();
        await Expect(ben.RoomInList(room + " new")).ToHaveCountAsync(0);
        Assert.Empty(owner.Complaints);
        Assert.Empty(moderator.Complaints);
        Assert.Empty(ben.Complaints);
    }

    [Fact]
    public async Task A_room_is_exported_from_its_menu()
    {
        var owner = await site.ComeInAsync("Olga");
        var room = site.Unique("paper");
        await owner.CreateRoomAsync(room);
        await owner.SayForGoodAsync("For the records");

        var download = await owner.Page.RunAndWaitForDownloadAsync(() => owner.ChooseForRoomAsync("Export history"));

        Assert.Equal(room + ".json", download.SuggestedFilename);
        await using var stream = await download.CreateReadStreamAsync();
        using var archive = await System.Text.Json.JsonDocument.ParseAsync(stream);
        Assert.Contains(
            archive.RootElement.GetProperty("messages").EnumerateArray(),
            message => message.GetProperty("text").GetString() == "For the records");
    }

    private static ILocator People(ChatWindow window) =>
        window.Page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "People" });

    private static async Task ChooseForAsync(ChatWindow window, string person, AriaRole role, string choice)
    {
        await People(window).GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = person }).ClickAsync();
        await window.Page.GetByRole(role, new PageGetByRoleOptions { Name = choice, Exact = true }).ClickAsync();
    }
}
